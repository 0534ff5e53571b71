import { type ChatTurn, type OfferedTools, wholeText } from '../../engine/engine.ts';

/** Tokens of a character of English and of Chinese, as DeepSeek reckons them: https://api-docs.deepseek.com/quick_start/token_usage */
const latinTokens = 0.3;
const otherTokens = 0.6;
const lastLatin = 0x24f;
/** What a chat template writes around a turn, about: https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken */
const turnTokens = 4;

/** About how many tokens a text adds to an answer, in fractions: many small pieces add up to what the whole is. */
export function weighTokens(text: string): number {
	let sum = 0;
	for (const character of text) sum += (character.codePointAt(0) ?? 0) <= lastLatin ? latinTokens : otherTokens;
	return sum;
}

/** About how many tokens a conversation is, for a model whose vocabulary is elsewhere. */
export function estimatePromptTokens(turns: readonly ChatTurn[], tools?: OfferedTools): number {
	const ofTools = tools ? Math.ceil(weighTokens(JSON.stringify(tools.functions.map(({ form: _, ...told }) => told)))) : 0;
	return turns.reduce((sum, turn) => sum + Math.ceil(weighTokens(wholeText(turn))) + turnTokens, turnTokens + ofTools);
}
