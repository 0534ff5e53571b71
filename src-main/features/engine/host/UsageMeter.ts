import type { Usage } from '#contract/engine.ts';

/** Counts and times one answer. */
export class UsageMeter {
	completionTokens = 0;
	readonly #arrivedAt: number;
	/** When a sequence was free for it. */
	readonly #seatedAt = performance.now();
	readonly #promptTokens: number;
	readonly #reusedTokens: number;
	#firstAt = 0;
	#lastAt = 0;

	constructor(arrivedAt: number, promptTokens: number, reusedTokens: number) {
		this.#arrivedAt = arrivedAt;
		this.#promptTokens = promptTokens;
		this.#reusedTokens = reusedTokens;
	}

	/** The answer has so many tokens now: those of a call that were put there count as well. */
	reach(completionTokens: number): void {
		this.completionTokens = Math.max(this.completionTokens, completionTokens);
	}

	count(): void {
		this.#lastAt = performance.now();
		if (this.completionTokens === 0) this.#firstAt = this.#lastAt;
		this.completionTokens++;
	}

	usage(): Usage {
		const first = this.completionTokens > 0 ? this.#firstAt - this.#arrivedAt : 0;
		const writingMs = this.#lastAt - this.#firstAt;
		return {
			promptTokens: this.#promptTokens,
			reusedTokens: this.#reusedTokens,
			completionTokens: this.completionTokens,
			firstTokenMs: first,
			waitMs: this.#seatedAt - this.#arrivedAt,
			// Of the time after the first token, which is that of the prompt.
			tokensPerSecond: writingMs > 0 ? ((this.completionTokens - 1) / writingMs) * 1000 : 0,
		};
	}
}
