import type { Usage } from '#contract/engine.ts';
import { failure } from '#contract/errors.ts';
import { type GenerateRequest, mostPromptTokens } from '../../engine/engine.ts';
import { estimatePromptTokens, weighTokens } from './estimateTokens.ts';

/** The tokens that a server says an answer took. */
export interface ToldUsage {
	promptTokens: number;
	completionTokens: number;
	/** Of the prompt's, those that it had kept from before. */
	reusedTokens: number;
}

/** A shape that is told in the prompt, and what a server may put around it. */
const addedTokens = 1024;

/**
 * Counts what a remote answer takes, and keeps it within what its reader can pay.
 *
 * Until the server tells, and where it never does, the tokens are estimated and marked so. What it tells is believed where it is possible: a prompt
 * has some tokens and no more than bytes, an answer some where there is one, and no more than were asked for. Nobody is charged more than could be set aside,
 * whatever the server used.
 */
export class AnswerMeter {
	readonly #maxTokens: number;
	readonly #mostPrompt: number;
	readonly #prompt: number;
	readonly #raise: GenerateRequest['raiseBudget'];
	readonly #startedAt = performance.now();
	#budget: number;
	#firstAt: number | null = null;
	#chunks = 0;
	#weight = 0;
	#told: ToldUsage | null = null;

	constructor({ turns, tools, maxTokens, tokenBudget, raiseBudget }: Pick<GenerateRequest, 'turns' | 'tools' | 'maxTokens' | 'tokenBudget' | 'raiseBudget'>) {
		this.#maxTokens = maxTokens;
		this.#mostPrompt = mostPromptTokens(turns, tools) + addedTokens;
		this.#prompt = estimatePromptTokens(turns, tools);
		this.#raise = raiseBudget;
		this.#budget = tokenBudget ?? Number.POSITIVE_INFINITY;
	}

	/** How many tokens to ask for. INSUFFICIENT_TOKENS where the prompt leaves room for none. */
	begin(): number {
		const needed = this.#prompt + 1;
		if (!this.#reach(needed)) throw failure('INSUFFICIENT_TOKENS', { needed, available: this.#budget });
		// A budget that can be raised is held as the answer comes.
		return this.#raise ? this.#maxTokens : Math.min(this.#maxTokens, this.#budget - this.#prompt);
	}

	/** Takes in one chunk, of the answer or of the thoughts before it; false: there is no budget for more. */
	count(text: string): boolean {
		this.#firstAt ??= performance.now();
		this.#chunks++;
		this.#weight += weighTokens(text);
		return this.#reach(this.#prompt + this.#completion);
	}

	/** More came than was asked for: the server does not end by itself. */
	get isBeyond(): boolean {
		// A chunk is a token or more, but for letters that are split over several.
		return this.#chunks > 2 * this.#maxTokens + 16;
	}

	tell(told: ToldUsage): void {
		this.#told = told;
	}

	/** What was used so far. */
	get usage(): Usage {
		const told = this.#told;
		const isPromptTold = told !== null && told.promptTokens > 0 && told.promptTokens <= this.#mostPrompt;
		const isAnswerTold = told !== null && told.completionTokens <= this.#maxTokens && (told.completionTokens > 0 || this.#chunks === 0);
		const [promptTokens, completionTokens] = this.#withinBudget(
			isPromptTold ? told.promptTokens : this.#prompt,
			isAnswerTold ? told.completionTokens : this.#completion,
		);
		const seconds = this.#firstAt === null ? 0 : (performance.now() - this.#firstAt) / 1000;
		return {
			promptTokens,
			reusedTokens: Math.min(told?.reusedTokens ?? 0, promptTokens),
			completionTokens,
			firstTokenMs: (this.#firstAt ?? this.#startedAt) - this.#startedAt,
			tokensPerSecond: seconds > 0 ? completionTokens / seconds : 0,
			...(isPromptTold && isAnswerTold ? {} : { isEstimated: true }),
		};
	}

	/** A server that sends a token at a time is counted by its chunks, others by the text. */
	get #completion(): number {
		return Math.min(Math.max(this.#chunks, Math.ceil(this.#weight)), this.#maxTokens);
	}

	#reach(needed: number): boolean {
		if (needed > this.#budget && this.#raise) this.#budget = this.#raise(needed);
		return needed <= this.#budget;
	}

	#withinBudget(prompt: number, completion: number): [number, number] {
		if (this.#reach(prompt + completion)) return [prompt, completion];
		const paidPrompt = Math.min(prompt, this.#budget);
		return [paidPrompt, Math.min(completion, this.#budget - paidPrompt)];
	}
}
