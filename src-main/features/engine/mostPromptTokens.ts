import type { ChatTurn } from './host/hostContract.ts';

/** What a template writes around each turn, and what some write before the first one. */
const turnTokens = 16;
const templateTokens = 256;

/** The most tokens that a prompt can be, before a model has counted it: no tokenizer makes more than one of a byte of text. */
export function mostPromptTokens(turns: readonly ChatTurn[]): number {
	return turns.reduce((sum, { content }) => sum + Buffer.byteLength(content) + turnTokens, templateTokens);
}
