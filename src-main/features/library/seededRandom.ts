/** Numbers that follow from the seed alone, for content that must come out the same on every machine. */
export interface SeededRandom {
	/** Uniform, 0 included, 1 not. */
	next(): number;
	/** Bell-shaped, mean 0, deviation 1, within 3. */
	normal(): number;
}

/** Starts a sequence of random numbers (mulberry32: 32 bits of state, public domain). Not for secrets. */
export function seededRandom(seed: number): SeededRandom {
	let state = seed | 0;
	function next(): number {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}
	// Sums and products alone come out the same bits everywhere; logarithms and cosines do not.
	const normal = () => (next() + next() + next() - 1.5) * 2;
	return { next, normal };
}
