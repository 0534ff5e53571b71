/**
 * Random numbers that follow from a seed, for weights and for the order of examples, whose place in the sequence can be kept and
 * taken up again (mulberry32: 32 bits of state, public domain). Not for secrets.
 */
export class RandomStream {
	/** Where the sequence is: a stream that is made from it goes on with the same numbers. */
	state: number;

	constructor(seed: number) {
		this.state = seed | 0;
	}

	/** Uniform, 0 included, 1 not. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number from 0 to `below` - 1. */
	below(below: number): number {
		return Math.floor(this.next() * below);
	}
}
