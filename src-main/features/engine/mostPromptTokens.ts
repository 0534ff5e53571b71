import type { ChatTurn, OfferedTools } from './host/hostContract.ts';

/** What a template writes around each turn, and what some write before the first one. */
const turnTokens = 16;
const templateTokens = 256;
/** What a template tells of calling, beside the functions themselves; some write each as TypeScript, which is shorter than its schema. */
const toolsTokens = 1024;

/** The most tokens that a prompt can be, before a model has counted it: no tokenizer makes more than one of a byte of text. */
export function mostPromptTokens(turns: readonly ChatTurn[], tools?: OfferedTools): number {
	const ofTurns = turns.reduce((sum, turn) => sum + Buffer.byteLength(wholeText(turn)) + turnTokens, templateTokens);
	return tools ? ofTurns + Buffer.byteLength(JSON.stringify(tools.functions)) + toolsTokens : ofTurns;
}

/** All that a turn says, with what was called in it and what came of that. */
export function wholeText({ content, calls }: ChatTurn): string {
	return calls ? content + JSON.stringify(calls) : content;
}
