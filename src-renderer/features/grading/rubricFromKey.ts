import type { Rubric } from '#contract/rubric.ts';
import { type LevelNames, newCriterion } from './newCriterion.ts';
import { sharePoints } from './sharePoints.ts';

/** As many as a rubric may have. */
const mostCriteria = 20;
const nameCharacters = 200;
const bullet = /^\s*(?:[-*•·–—▪]|\(?\d{1,2}[.)、．]|[（(]\d{1,2}[)）]|[①-⑳]|[a-zA-Z][.)])\s+|^\s*(?:[①-⑳]|\d{1,2}、)/;

/**
 * A rubric out of an expected answer: each line of it, or each sentence where it is one block, is something that an answer must have; the points are
 * shared out among them. What there is no `room` for, which is for 20 at most, is put into the last one, so that nothing of the key is lost. Empty for
 * a key without words.
 */
export function rubricFromKey(key: string, points: number, names: LevelNames, room = mostCriteria): Rubric {
	const parts = partsOf(key);
	const kept = parts.length > room ? [...parts.slice(0, room - 1), parts.slice(room - 1).join(' ')] : parts;
	const even = kept.map(() => 1);
	const shares = sharePoints(points, even);
	return kept.map((part, at) => {
		const isLong = part.length > nameCharacters;
		const words = isLong ? { name: `${part.slice(0, nameCharacters - 1).trimEnd()}…`, description: part.slice(0, 2000) } : { name: part };
		return newCriterion('mustHave', shares[at] ?? 0, names, words);
	});
}

function partsOf(key: string): string[] {
	const lines = key
		.split(/\r?\n/)
		.map((line) => line.replace(bullet, '').trim())
		.filter((line) => /[\p{L}\p{N}]/u.test(line));
	return lines.length > 1 ? lines : lines.flatMap(sentencesOf);
}

function sentencesOf(text: string): string[] {
	const sentences = Array.from(new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text), ({ segment }) => segment.trim());
	return sentences.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}
