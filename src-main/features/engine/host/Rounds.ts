/** Someone who waits for the next round, the number of the sequence it works in, and how much of its prompt is still to be evaluated. */
interface Waiting {
	sequence: number;
	promptLeft: number;
	begin(part: number): void;
}

/**
 * The least that is evaluated of a prompt at once, where it has so much: ggml's attention takes 64 rows together (`ggml_fa_tile_config::Q`) and
 * is half as fast with fewer, and beside others the first row of a part is computed with theirs.
 */
const leastPart = 65;

/**
 * Keeps the requests of one model in step, so that every native call computes for all of them at once.
 *
 * node-llama-cpp puts into a batch what is queued at that moment and goes on while anything is: requests whose next token comes a
 * little later are left out of the next batch, and one that wants to change its sequence waits until all others have finished. So
 * a request that takes part waits for `next` before it queues more, until all that take part do: then the queue has run empty
 * between two calls, and all queue together, in the order of their sequences: llama.cpp computes for neighbours at once, and for
 * others one after the other (measured: 50 ms for four in order, 72 ms out of order). Prompts are evaluated in parts that fit into one call beside
 * the others, the prompt that came first before the others.
 *
 * Whoever has called `enter` must call `next` again and again, and in the end `leave`, or the others wait for ever.
 */
export class Rounds {
	readonly #batchTokens: number;
	readonly #leastPart: number;
	#taking = 0;
	#waiting: Waiting[] = [];
	#scheduled = false;
	/** The sequences that evaluate a prompt, the one that came first before the others. */
	readonly #prompting = new Set<number>();

	constructor(batchTokens: number) {
		this.#batchTokens = batchTokens;
		this.#leastPart = Math.min(leastPart, batchTokens);
	}

	enter(): void {
		this.#taking++;
	}

	leave(sequence: number): void {
		this.#taking--;
		this.#prompting.delete(sequence);
		this.#begin();
	}

	/**
	 * Waits until all that take part have got what they asked for in the last round.
	 *
	 * @param promptLeft how many tokens of its prompt a sequence still has to evaluate; 0 where it writes
	 * @returns how many of them are to be evaluated in this round: none where the call is full of others
	 */
	next(sequence: number, promptLeft = 0): Promise<number> {
		return new Promise((begin) => {
			this.#waiting.push({ sequence, promptLeft, begin });
			if (promptLeft > 0) this.#prompting.add(sequence);
			else this.#prompting.delete(sequence);
			this.#begin();
		});
	}

	#begin(): void {
		if (this.#scheduled || this.#waiting.length < this.#taking) return;
		this.#scheduled = true;
		// Requests that have come together enter meanwhile, and the last one to wait does not come after all others.
		setImmediate(() => {
			this.#scheduled = false;
			if (this.#waiting.length < this.#taking) return;
			const waiting = this.#waiting.splice(0).sort((a, b) => a.sequence - b.sequence);
			const parts = this.#share(waiting);
			for (const { sequence, begin } of waiting) begin(parts.get(sequence) ?? 0);
		});
	}

	/** What each prompt gets of one call: a small share of it together while others wait for a token. */
	#share(waiting: readonly Waiting[]): Map<number, number> {
		const left = new Map(waiting.map(({ sequence, promptLeft }) => [sequence, promptLeft]));
		const writing = waiting.filter(({ promptLeft }) => promptLeft === 0).length;
		let room = writing > 0 ? Math.max(this.#leastPart, Math.floor((this.#batchTokens - writing) / 4)) : this.#batchTokens;
		const parts = new Map<number, number>();
		for (const sequence of this.#prompting) {
			const promptLeft = left.get(sequence) ?? 0;
			if (room < Math.min(promptLeft, this.#leastPart)) break;
			const part = this.#partOf(promptLeft, room);
			parts.set(sequence, part);
			room -= part;
		}
		return parts;
	}

	/** About `most` tokens of a prompt, such that no small rest is left for a round of its own. */
	#partOf(promptLeft: number, most: number): number {
		const parts = Math.min(Math.ceil(promptLeft / most), Math.max(1, Math.floor(promptLeft / this.#leastPart)));
		return Math.min(this.#batchTokens, Math.ceil(promptLeft / parts));
	}
}
