import type { RandomStream } from '../../../src-main/features/finetune/trainer/RandomStream.ts';
import type { Language, Turn } from './Chat.ts';
import { chance, draw } from './draw.ts';
import { phrases } from './phrases.ts';
import { pairs, schoolFacts } from './schoolFacts.ts';

const texts = {
	en: [...phrases.map(([en]) => en), ...schoolFacts.en.flatMap(({ key, question }) => [key, question])],
	zh: [...phrases.map(([, zh]) => zh), ...schoolFacts.zh.flatMap(({ key, question }) => [key, question])],
};
const vocabulary: Record<Language, readonly string[]> = {
	en: [...new Set([...texts.en.flatMap((text) => text.split(' ')), ...pairs.en.flatMap(({ items }) => items.flat())])],
	// Two or three characters that stand side by side are often a word.
	zh: [
		...new Set([...texts.zh.flatMap((text) => text.match(/\p{Script=Han}{2,3}|[^\p{Script=Han}]+/gu) ?? []), ...pairs.zh.flatMap(({ items }) => items.flat())]),
	],
};

/** Those that are met so often that each is one token: whoever sees one of them again finds what came after it. */
const common: Record<Language, readonly string[]> = {
	en: manyTimes(texts.en.flatMap((text) => text.match(/(?<= )[A-Za-z]+/g) ?? [])),
	zh: manyTimes(texts.zh.flatMap((text) => text.match(/\p{Script=Han}/gu) ?? [])),
};

function manyTimes(words: readonly string[]): string[] {
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts].filter(([, count]) => count > 3).map(([word]) => word);
}

/** So many words and numbers in an order that means nothing: it cannot be known by heart, and is only said again by whoever looks at it. */
export function drawWords(random: RandomStream, language: Language, count: number): string {
	const isPlain = chance(random, 55);
	const word = () => (isPlain ? draw(random, common[language]) : chance(random, 15) ? String(random.below(101)) : draw(random, vocabulary[language]));
	return Array.from({ length: count }, word).join(language === 'en' ? ' ' : '');
}

const asks: Record<Language, { once: readonly string[]; often: readonly string[] }> = {
	en: { once: ['Repeat: {x}', 'Say this again: {x}', 'Copy: {x}'], often: ['Repeat it: {x}', 'Again and again: {x}'] },
	zh: { once: ['重复：{x}', '再说一遍：{x}', '照抄：{x}'], often: ['反复说：{x}', '一遍一遍说：{x}'] },
};
/** How often a line stands in an answer that says it again and again. */
const times = 4;

/** Words that are to be said again. Whoever quotes an answer, compares it with the right one or translates by numbers has to find what stands somewhere else. */
export function drawCopying(random: RandomStream, language: Language, oftenPercent: number): Turn[] {
	const line = drawWords(random, language, 2 + random.below(chance(random, 60) ? 6 : 14));
	const isOften = chance(random, oftenPercent);
	const ask = draw(random, asks[language][isOften ? 'often' : 'once']).replace('{x}', () => line);
	const answer = isOften ? Array.from({ length: times }, () => line).join(' ') : line;
	return [
		{ role: 'user', content: ask },
		{ role: 'assistant', content: answer },
	];
}
