import type { Usage } from '#contract/engine.ts';

/**
 * What one request may use in all, in tokens of the model. The app can raise it while the request runs: where it runs short, the
 * request asks for that and waits for the answer.
 */
export class Budget {
	tokens: number;
	readonly #ask: ((needed: number, usage: Usage) => void) | null;
	#answered = () => {};

	/** @param ask tells the app that the budget must be `needed` for the request to go on; null where nobody would answer. */
	constructor(tokens: number | null, ask: ((needed: number, usage: Usage) => void) | null) {
		this.tokens = tokens ?? Number.POSITIVE_INFINITY;
		this.#ask = ask;
	}

	/** Whether the budget does for `needed`, by now or after it was raised; false also when `stop` aborts meanwhile. */
	async reach(needed: number, usage: Usage, stop: AbortSignal): Promise<boolean> {
		if (this.tokens < needed && this.#ask && !stop.aborted) {
			const { promise, resolve } = Promise.withResolvers<void>();
			this.#answered = resolve;
			stop.addEventListener('abort', () => resolve(), { once: true });
			this.#ask(needed, usage);
			await promise;
		}
		return this.tokens >= needed;
	}

	/** Answers what was asked: less than was needed ends the request. */
	set(tokens: number): void {
		this.tokens = tokens;
		this.#answered();
	}
}
