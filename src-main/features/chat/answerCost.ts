import type { Price } from '#contract/ledger.ts';
import { likelyTokensOf, priceOf, usefulTokens } from '#contract/priceOf.ts';
import type { ChatTurn } from '../engine/engine.ts';

/** What a template adds to most conversations. */
const templateTokens = 64;

/**
 * What is set aside for an answer before a model has counted its prompt: `atLeast` for one that is worth beginning, and `tokens` for the
 * same where the prompt is longer than it looks. It grows with the answer (generatePaid.ts), and what was not used goes back.
 */
export function answerCost(
	price: Pick<Price, 'perMille' | 'surcharge'>,
	turns: readonly Pick<ChatTurn, 'content'>[],
	maxTokens: number,
): { tokens: number; atLeast: number } {
	const likely = likelyTokensOf(turns);
	const useful = Math.min(maxTokens, usefulTokens);
	return { tokens: priceOf(price, 2 * likely + templateTokens + useful), atLeast: priceOf(price, likely + useful) };
}
