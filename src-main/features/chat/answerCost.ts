import type { Price } from '#contract/ledger.ts';
import { likelyTokensOf, priceOf, usefulTokens } from '#contract/priceOf.ts';
import type { ChatTurn } from '../engine/engine.ts';

/** What a template adds to most conversations. */
const templateTokens = 64;

/**
 * What is set aside for an answer before a model has counted its prompt: `atLeast` for one that is worth beginning, and `tokens` for the
 * same where the prompt is longer than it looks. It grows with the answer (generatePaid.ts), and what was not used goes back.
 *
 * @param promptTokens how long the prompt is likely to be with what its template adds, where more is known than its letters.
 */
export function answerCost(
	price: Pick<Price, 'perMille' | 'surcharge'>,
	turns: readonly Pick<ChatTurn, 'content'>[],
	maxTokens: number,
	promptTokens = 2 * likelyTokensOf(turns) + templateTokens,
): { tokens: number; atLeast: number } {
	const useful = Math.min(maxTokens, usefulTokens);
	return { tokens: priceOf(price, promptTokens + useful), atLeast: priceOf(price, Math.min(promptTokens, likelyTokensOf(turns)) + useful) };
}
