/** Where the time comes from; a test puts its own in the place of the machine's. */
export interface TimeSource {
	/** Epoch milliseconds, as the machine's clock shows them; anybody may set it to whatever they like. */
	wall(): number;
	/** Milliseconds since some moment, which go on whatever the clock is set to. */
	elapsed(): number;
}

const machine: TimeSource = { wall: Date.now, elapsed: () => performance.now() };

/**
 * The time by which sessions and delays end: it never goes back, and never stands still while the machine's clock does.
 *
 * A clock that is set back would make what has ended good again. Then this one goes on from where it was, by the time that passes,
 * until the machine's has caught up.
 */
export class ForwardClock {
	readonly #source: TimeSource;
	#latest: number;
	#elapsedAtLatest: number;

	/** @param options.notBefore the latest instant that is known to have been, from before this start. */
	constructor(options: { notBefore: number; source?: TimeSource | undefined }) {
		this.#source = options.source ?? machine;
		this.#latest = options.notBefore;
		this.#elapsedAtLatest = this.#source.elapsed();
	}

	/** What the machine's clock shows: for times that people are told, and choose, by that clock. It is right again once it is set right. */
	readonly wall = (): number => this.#source.wall();

	/** Epoch milliseconds. */
	readonly now = (): number => {
		const elapsed = this.#source.elapsed();
		const counted = this.#latest + Math.max(0, elapsed - this.#elapsedAtLatest);
		this.#latest = Math.max(this.#source.wall(), counted);
		this.#elapsedAtLatest = elapsed;
		return Math.floor(this.#latest);
	};
}
