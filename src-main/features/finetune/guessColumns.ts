import type { ExampleColumns } from '#contract/finetune.ts';
import { languageOf } from './languageOf.ts';

/** Names by which tables call these columns, the surest first. */
const names = {
	prompt: [
		/^(prompt|question|query|user)$/,
		/^(问题|提问|提示|提示词|题目)$/,
		/^(input|source( text)?|src|original|human)$/,
		/^(输入|原文|源文)$/,
		/^instruction$/,
		/^(指令|指示)$/,
	],
	answer: [
		/^(completion|answer|response|output|reply|assistant)$/,
		/^(答案|回答|回复|输出|补全|完成)$/,
		/^(target( text)?|tgt|translation|translated|expected|label|gpt)$/,
		/^(译文|翻译|目标|标签)$/,
	],
	system: [/^system( prompt| message)?$/, /^(系统|系统提示|系统提示词)$/],
};
const instruction = [/^instruction$/, /^(指令|指示)$/];

/**
 * Guesses from the columns' names, in English or Chinese, what examples are made from; null where they do not tell. Two columns that are
 * named by languages, such as `en` and `zh`, are a text and its translation.
 */
export function guessColumns(columns: readonly string[]): ExampleColumns | null {
	const answer = firstMatch(columns, names.answer);
	const others = columns.filter((column) => column !== answer);
	const prompt = firstMatch(others, names.prompt);
	if (answer === null || prompt === null) return guessLanguages(columns);
	const rest = others.filter((column) => column !== prompt);
	return { prompt, answer, system: firstMatch(rest, names.system) ?? firstMatch(rest, instruction) };
}

/** As a heading these are a number, though they are codes of languages, too. */
const notLanguages = ['id', 'no'];

function guessLanguages(columns: readonly string[]): ExampleColumns | null {
	const [prompt, answer, ...more] = columns.filter((column) => languageOf(column) !== null && !notLanguages.includes(column.toLowerCase()));
	return prompt !== undefined && answer !== undefined && more.length === 0 ? { prompt, answer, system: null } : null;
}

function firstMatch(columns: readonly string[], patterns: readonly RegExp[]): string | null {
	for (const pattern of patterns) {
		const found = columns.find((column) => pattern.test(column.toLowerCase().replaceAll('_', ' ')));
		if (found !== undefined) return found;
	}
	return null;
}
