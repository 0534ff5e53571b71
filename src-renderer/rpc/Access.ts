/** `refused`: the session is over; `unreachable`: nobody can say now, so it is worth asking again. */
export type Renewal = 'renewed' | 'refused' | 'unreachable';

/** When the access that this browser holds was given, for all its windows; null where nobody knows. */
export interface RenewalNote {
	read(): number | null;
	write(at: number): void;
}

/** Access lasts 30 minutes; it is renewed well before, so that no call meets its end. */
const renewAfterMs = 20 * 60_000;

/**
 * Keeps a signed-in browser's access fresh: half an hour is what it lasts, a session days.
 *
 * The windows of a browser share one access and one note of when it was given, so that one of them renews for all. Two that do it at
 * once are each given the same.
 */
export class Access {
	readonly #send: () => Promise<Renewal>;
	readonly #note: RenewalNote;
	readonly #now: () => number;
	#underWay: Promise<Renewal> | null = null;

	constructor(send: () => Promise<Renewal>, note: RenewalNote, now: () => number) {
		this.#send = send;
		this.#note = note;
		this.#now = now;
	}

	/** Notes that access was given just now, by signing in. */
	given(): void {
		this.#note.write(this.#now());
	}

	/** When it was given, by whichever window; null where nobody knows. */
	givenAt(): number | null {
		return this.#note.read();
	}

	/** Renews it; whoever asks meanwhile gets the same answer. Never rejects. */
	renew(): Promise<Renewal> {
		this.#underWay ??= this.#renew().finally(() => {
			this.#underWay = null;
		});
		return this.#underWay;
	}

	/** Renews it if it is 20 minutes old, or if that cannot be told: a clock that was set back says nothing. */
	async renewIfOld(): Promise<Renewal | 'fresh'> {
		const at = this.#note.read();
		const ageMs = at === null ? Number.NaN : this.#now() - at;
		return ageMs >= 0 && ageMs < renewAfterMs ? 'fresh' : this.renew();
	}

	async #renew(): Promise<Renewal> {
		const renewal = await this.#send().catch((): Renewal => 'unreachable');
		if (renewal === 'renewed') this.given();
		return renewal;
	}
}
