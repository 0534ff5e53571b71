import { TracedText } from './TracedText.ts';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ';
const plainSuperscripts = '0123456789+-n';
const subscripts = /[₀-₉]/u;
const part = /[⁰¹²³⁴-⁹⁺⁻ⁿ]+|\P{M}\p{M}*|\p{M}+/gu;

/** What is written in several ways, in one. */
const spellings = new Map([
	...[...'−–‒‐‑﹣－⁃'].map((char) => [char, '-'] as const),
	...[...'×✕✖⨯·∙⋅•⋆∗＊'].map((char) => [char, '*'] as const),
	...[...'÷∕⁄／'].map((char) => [char, '/'] as const),
	...[...'［【〔'].map((char) => [char, '('] as const),
	...[...'］】〕'].map((char) => [char, ')'] as const),
	...[...'’‘′＇'].map((char) => [char, "'"] as const),
	...[...'\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f'].map((char) => [char, ''] as const),
	['、', ';'],
	['。', '. '],
	['℃', '°C'],
	['Ω', 'ohm'],
	['Ω', 'ohm'],
	['µ', 'u'],
	['μ', 'u'],
	['π', 'pi '],
	['∛', 'cbrt'],
]);

/**
 * An answer in the plain signs of arithmetic: one minus, one times, powers with `^`, digits and letters of normal width, `½` as ` 1/2`.
 *
 * Letters keep their case. `√` stays.
 */
export function mathsText(answer: string): TracedText {
	return TracedText.rewrite(answer, plain, part);
}

function plain(text: string): string {
	if (superscripts.includes(text.charAt(0))) return `^${[...text].map((char) => plainSuperscripts[superscripts.indexOf(char)]).join('')}`;
	const spelling = spellings.get(text);
	if (spelling !== undefined) return spelling;
	if (subscripts.test(text)) return `_${text.normalize('NFKC')}`;
	const wide = text.normalize('NFKC');
	// A fraction of one character, as ½ is, must not run into the number before it.
	if (/^\d+⁄\d+$/u.test(wide)) return ` ${wide.replace('⁄', '/')}`;
	return [...wide].map((char) => spellings.get(char) ?? char).join('');
}
