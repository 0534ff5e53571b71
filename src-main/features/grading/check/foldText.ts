import { TracedText } from './TracedText.ts';

/** Characters that take no room, or only change how another one looks. */
const invisible = /[\p{DI}\p{Cf}\p{Cc}]/gu;
const spellings: readonly (readonly [RegExp, string])[] = [
	[/[‘’‚‛′`´＇]/gu, "'"],
	[/[“”„‟″«»「」『』〝〞＂]/gu, '"'],
	[/[‐‑‒–—―−﹣－⁃]/gu, '-'],
	[/[…⋯]/gu, '...'],
];

/**
 * A text as it reads, for comparing: in one Unicode form, small letters, one kind of quotation mark, dash and space, nothing invisible.
 *
 * White space is one space between words, and none beside Chinese characters.
 */
export function foldText(text: string): TracedText {
	const folded = TracedText.rewrite(text, fold);
	return folded.filter((char, at) => char !== ' ' || isKept(folded.text, at));
}

function fold(cluster: string): string {
	// What breaks a line is white space first, and only then a control character.
	if (/^\s/u.test(cluster)) return ' ';
	const shown = cluster.replace(invisible, '').normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ');
	return spellings.reduce((text, [pattern, one]) => text.replace(pattern, one), shown).normalize('NFC');
}

function isKept(text: string, at: number): boolean {
	const [before, after] = [text.charAt(at - 1), text.charAt(at + 1)];
	return before !== ' ' && !/[\p{Script=Han}，。、；：？！]/u.test(before) && !/[\p{Script=Han}]/u.test(after);
}
