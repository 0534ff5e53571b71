/** Someone who waits for the next round, and the number of the sequence it works in. */
interface Waiting {
	sequence: number;
	begin(): void;
}

/** Smaller parts than this make a processor's matrix multiplication slow (measured: 11 ms a token in parts of 32, 20 ms alone). */
const leastPart = 32;

/**
 * Keeps the requests of one model in step, so that every native call computes for all of them at once.
 *
 * node-llama-cpp puts into a batch what is queued at that moment and goes on while anything is: requests whose next token comes a
 * little later are left out of the next batch, and one that wants to change its sequence waits until all others have finished. So
 * a request that takes part waits for `next` before it queues more, until all that take part do: then the queue has run empty
 * between two calls, and all queue together, in the order of their sequences: llama.cpp computes for neighbours at once, and for
 * others one after the other (measured: 50 ms for four in order, 72 ms out of order). Prompts are evaluated in parts that fit into one call beside the others.
 *
 * Whoever has called `enter` must call `next` again and again, and in the end `leave`, or the others wait for ever.
 */
export class Rounds {
	readonly #batchTokens: number;
	#taking = 0;
	#waiting: Waiting[] = [];
	#scheduled = false;
	/** Of those that take part, how many are still evaluating their prompt. */
	prompting = 0;

	constructor(batchTokens: number) {
		this.#batchTokens = batchTokens;
	}

	enter(): void {
		this.#taking++;
	}

	leave(): void {
		this.#taking--;
		this.#begin();
	}

	/** Waits until all that take part have got what they asked for in the last round. */
	next(sequence: number): Promise<void> {
		return new Promise((begin) => {
			this.#waiting.push({ sequence, begin });
			this.#begin();
		});
	}

	/**
	 * How many of `left` tokens of a prompt to evaluate in one round: a share of the batch, a small one while others wait for a token,
	 * and such that no small rest is left for a round of its own.
	 */
	partTokens(left: number): number {
		const writing = this.#taking - this.prompting;
		const shared = writing > 0 ? (this.#batchTokens - writing) / 4 : this.#batchTokens;
		const most = Math.max(Math.min(leastPart, this.#batchTokens), Math.floor(shared / Math.max(1, this.prompting)));
		return Math.ceil(left / Math.ceil(left / most));
	}

	#begin(): void {
		if (this.#scheduled || this.#waiting.length < this.#taking) return;
		this.#scheduled = true;
		// Requests that have come together enter meanwhile, and the last one to wait does not come after all others.
		setImmediate(() => {
			this.#scheduled = false;
			if (this.#waiting.length < this.#taking) return;
			for (const { begin } of this.#waiting.splice(0).sort((a, b) => a.sequence - b.sequence)) begin();
		});
	}
}
