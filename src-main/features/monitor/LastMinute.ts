const seconds = 60;

/** Counts by the second, and tells what came in the last 60 of them, the present one among them. */
export class LastMinute {
	readonly #slots = Array.from({ length: seconds }, () => ({ second: -1, counts: new Map<string, number>() }));
	readonly #now: () => number;

	constructor(now: () => number) {
		this.#now = now;
	}

	add(what: string): void {
		const second = Math.floor(this.#now() / 1000);
		const slot = this.#slots[second % seconds];
		if (!slot) return;
		if (slot.second !== second) {
			slot.second = second;
			slot.counts.clear();
		}
		slot.counts.set(what, (slot.counts.get(what) ?? 0) + 1);
	}

	of(what: string): number {
		const oldest = Math.floor(this.#now() / 1000) - seconds;
		return this.#slots.reduce((sum, { second, counts }) => (second > oldest ? sum + (counts.get(what) ?? 0) : sum), 0);
	}
}
