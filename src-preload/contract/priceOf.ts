import type { Price } from './ledger.ts';

/**
 * The tokens that a request costs whose model took in and wrote `baseTokens` in all: `⌈base × perMille / 1000⌉ + surcharge`; one that
 * used no model costs nothing. In whole numbers throughout, so that no product is rounded but once, up, at the end.
 */
export function priceOf({ perMille, surcharge }: Pick<Price, 'perMille' | 'surcharge'>, baseTokens: number): number {
	if (baseTokens === 0) return 0;
	return Math.floor((baseTokens * perMille + 999) / 1000) + surcharge;
}

/** The most tokens that a request may use in all to cost no more than `tokens`; below 1 where not even one can be paid. */
export function baseFor({ perMille, surcharge }: Pick<Price, 'perMille' | 'surcharge'>, tokens: number): number {
	if (perMille === 0) return tokens >= surcharge ? Number.MAX_SAFE_INTEGER : 0;
	return Math.floor(((tokens - surcharge) * 1000) / perMille);
}

/** An answer of so many tokens says something: one that is not paid for so far, or as far as it may go, is not begun. */
export const usefulTokens = 256;

/**
 * About how many tokens a text is, before a tokenizer has seen it: a quarter of its letters, and one for each character of a script
 * that writes a word or syllable with one. Meant for telling people; what is charged is counted by the model.
 */
export function likelyTokens(text: string): number {
	const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu)?.length ?? 0;
	return Math.ceil(dense + (text.length - dense) / 4);
}

/** The same of the turns of a conversation, without what a template adds to them. */
export function likelyTokensOf(turns: readonly { content: string }[]): number {
	return turns.reduce((sum, { content }) => sum + likelyTokens(content), 0);
}
