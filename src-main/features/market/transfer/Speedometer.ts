const windowMs = 5000;

/** Tells how many bytes a second came over the last seconds. */
export class Speedometer {
	readonly #counts: { at: number; bytes: number }[] = [];

	/** Counts in what came since the last time, at `at` (ms of any steady clock), and tells the speed; null while nothing comes. */
	tick(at: number, bytes: number): number | null {
		this.#counts.push({ at, bytes });
		while ((this.#counts[0]?.at ?? at) < at - windowMs) this.#counts.shift();
		const [first, ...rest] = this.#counts;
		const came = rest.reduce((sum, count) => sum + count.bytes, 0);
		return first && came > 0 ? (came / (at - first.at)) * 1000 : null;
	}
}
