/** So often within this time a window that stopped is opened again by itself: more often, and it stops for a reason that stays. */
const most = 3;
const withinMs = 120_000;

/** Keeps a window that stops again and again from being opened anew in a circle. */
export class ReloadLimit {
	#stops: number[] = [];

	/** Counts one stop; whether the window may be opened anew by itself. */
	mayReload(now = Date.now()): boolean {
		this.#stops = [...this.#stops.filter((at) => now - at < withinMs), now];
		return this.#stops.length <= most;
	}

	/** The person asked for it: it begins anew. */
	forget(): void {
		this.#stops = [];
	}
}
