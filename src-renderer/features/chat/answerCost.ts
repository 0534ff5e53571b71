import type { Price } from '#contract/ledger.ts';
import { baseFor, priceOf, usefulTokens } from '#contract/priceOf.ts';

/** What the next answer will cost the reader, in tokens of the balance: at least what the model takes in, at most that and the longest answer. */
export type AnswerCost =
	| { kind: 'paid'; least: number; most: number }
	/** The balance will end it after about `answerTokens`. */
	| { kind: 'shortened'; least: number; answerTokens: number }
	/** It will not be begun. */
	| { kind: 'unpaid'; needed: number };

export interface AnswerOrder {
	price: Pick<Price, 'perMille' | 'surcharge'>;
	available: number;
	/** All that the model will take in, as exactly as it is known. */
	promptTokens: number;
	/** The same reckoned from the text alone: by this the app decides whether to begin. */
	likelyPromptTokens: number;
	/** The longest answer that the settings allow. */
	maxTokens: number;
	/** What the model holds at once; null while that is not known. */
	contextTokens: number | null;
}

/** Reckons what an answer will cost before it is asked for. */
export function answerCost({ price, available, promptTokens, likelyPromptTokens, maxTokens, contextTokens }: AnswerOrder): AnswerCost {
	const needed = priceOf(price, likelyPromptTokens + Math.min(maxTokens, usefulTokens));
	if (available < needed) return { kind: 'unpaid', needed };
	const room = contextTokens === null ? maxTokens : Math.max(1, Math.min(maxTokens, contextTokens - promptTokens));
	const least = priceOf(price, promptTokens + 1);
	const most = priceOf(price, promptTokens + room);
	if (most <= available) return { kind: 'paid', least, most };
	const answerTokens = baseFor(price, available) - promptTokens;
	return answerTokens < 1 ? { kind: 'unpaid', needed: least } : { kind: 'shortened', least, answerTokens };
}
