import { chineseNumeral } from '../check/chineseNumeral.ts';
import { englishNumeral, englishNumerals } from '../check/englishNumeral.ts';

/** What an answer says that an answer of other meaning would say otherwise, however like the two look. */
export interface AnswerFacts {
	/** Whether it denies something, and its numbers and comparisons in their order. */
	key: string;
	/** Of each pair of opposites, a bit where it names the one, and where it names the other. */
	ones: number;
	others: number;
}

const number = /[-+*/^±×÷]?\d+(?:[.,]\d+)*|[=<>≤≥≠]/g;
const negation = /(?<!\p{L})(?:not|no|never|none|nothing|neither|nor|cannot|without)(?!\p{L})|n['’]t(?!\p{L})|[不没無无非未别莫勿]/u;
const chineseNumerals = /负?[零〇一二三四五六七八九十百千万亿两]+(?:点[零一二三四五六七八九]+)?/gu;

/** Words that turn what is said round, in the matters of many subjects. They are found by their beginnings. */
const opposites: readonly (readonly [one: RegExp, other: RegExp])[] = [
	[
		/\b(?:more|great|larg|bigger|higher|ris[ei]|rose|increas|grow|up\b)|升|增|变大|变多|更多|更大|更高|提高|越高|越大/u,
		/\b(?:less|fewer|small|lower|fall|fell\b|decreas|drop|shrink|reduc|down\b)|降|减|变小|变少|更少|更小|更低|越低|越小/u,
	],
	[/\b(?:hot|heat|warm)|热/u, /\b(?:cold|cool)|冷/u],
	[/\bbefore|之前|以前/u, /\bafter|之后|以后/u],
	[/\bleft|左/u, /\bright|右/u],
	[/\bnorth|北/u, /\bsouth|南/u],
	[/\beast|东/u, /\bwest|西/u],
	[/\b(?:fast|quick)|快/u, /\bslow|慢/u],
	[/\blong|长/u, /\bshort|短/u],
	[/\battract|吸引/u, /\brepel|排斥/u],
	[/\bpositive|正[电极数]/u, /\bnegative|负[电极数]/u],
];

/** Reads what an answer says; its text is normalised (normaliseAnswer.ts). */
export function factsOf(text: string): AnswerFacts {
	const bits = (side: 0 | 1) => opposites.reduce((sum, pair, place) => sum + (pair[side].test(text) ? 2 ** place : 0), 0);
	return { key: `${negation.test(text)} ${(withDigits(text).match(number) ?? []).join(' ')}`, ones: bits(0), others: bits(1) };
}

/**
 * Tells whether two answers cannot mean the same, whatever makes them look alike: one denies something, their numbers are not the same in the same order,
 * or one names one of two opposites where the other names its counterpart alone. It errs to the careful side.
 */
export function contradicts(a: AnswerFacts, b: AnswerFacts): boolean {
	return a.key !== b.key || (a.ones & ~a.others & b.others & ~b.ones) !== 0 || (a.others & ~a.ones & b.ones & ~b.others) !== 0;
}

/** Numbers in words as digits. A single `one` or 一 is seldom meant as a number. */
function withDigits(text: string): string {
	return text
		.replace(englishNumerals, (words) => (words === 'one' ? words : String(englishNumeral(words) ?? words)))
		.replace(chineseNumerals, (words) => (words === '一' ? words : String(chineseNumeral(words) ?? words)));
}
