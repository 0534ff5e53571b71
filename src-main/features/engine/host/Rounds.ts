/** Smaller parts than this make a processor's matrix multiplication slow (measured: 11 ms a token in parts of 32, 23 ms alone). */
const leastPart = 32;

/**
 * Keeps the requests of one model in step, so that every native call computes for all of them at once.
 *
 * node-llama-cpp puts into a batch what is queued at that moment, and goes on without end while something is: requests whose next
 * token comes a little later are left out of every other batch, and one that wants to change its sequence waits for all others to
 * finish. So each request waits for `next` before it queues more: then the queue runs empty between two calls, and all queue
 * together. And prompts are evaluated in parts that fit into one call beside the others.
 */
export class Rounds {
	readonly #batchTokens: number;
	/** Requests whose prompt is being evaluated, and those that write. */
	prompting = 0;
	writing = 0;

	constructor(batchTokens: number) {
		this.#batchTokens = batchTokens;
	}

	/** Waits until every request that got something out of the last call has it. */
	next(): Promise<void> {
		return new Promise((resolve) => setImmediate(resolve));
	}

	/** How many tokens of a prompt to evaluate in one call: a share of it, and a small one while others wait for their next token. */
	partTokens(): number {
		const shared = this.#batchTokens - this.writing;
		const part = Math.floor((this.writing > 0 ? shared / 4 : shared) / Math.max(1, this.prompting));
		return Math.max(Math.min(leastPart, this.#batchTokens), part);
	}
}
