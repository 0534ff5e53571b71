import { ordinaryDirections } from './ordinaryDirections.ts';

/** Characters that are not seen, or that change the order in which others are: controls, formats, fillers, variations, tags, halves of characters. */
const hidden = /[\p{DI}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\t\n\r])\p{Cc}/u;
const runs = new RegExp(`(${hidden.source})\\1*`, 'gu');
const presentation = /^[\ufe0e\ufe0f]$/u;
const joiner = /^[\u200c\u200d]$/u;
/** Scripts whose letters join, or do not, by a character that is not seen. */
const joining =
	/[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Oriya}\p{Script=Mongolian}]/u;

/** The same character once or several times in a row, from `at` to `end` in UTF-16 units, and its code point in words (`U+202E`). */
export interface HiddenRun {
	at: number;
	end: number;
	times: number;
	code: string;
}

/**
 * Finds everything in a text that is not seen, or that changes the order of what is.
 *
 * Line ends, tabs and what belongs to a visible character (emoji, joined letters, a variant of a Chinese character) are none of it,
 * and neither are marks of direction as Arabic and Hebrew have them.
 */
export function* findHidden(text: string): Generator<HiddenRun> {
	const ordinary = ordinaryDirections(text);
	for (const { 0: run, 1: char = '', index: at } of text.matchAll(runs)) {
		if (run === char && belongs(text, char, at)) continue;
		if (isAllIn(ordinary, at, at + run.length)) continue;
		const code = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
		yield { at, end: at + run.length, times: run.length / char.length, code };
	}
}

function isAllIn(ordinary: ReadonlySet<number>, start: number, end: number): boolean {
	for (let at = start; at < end; at++) if (!ordinary.has(at)) return false;
	return true;
}

/** Whether a character is a part of how the visible one before it looks. */
function belongs(text: string, char: string, at: number): boolean {
	const before = [...text.slice(Math.max(0, at - 4), at)].at(-1) ?? '';
	const after = [...text.slice(at + char.length, at + char.length + 2)][0] ?? '';
	if (presentation.test(char)) return /[\p{Emoji}]/u.test(before);
	if (/^[\u{e0100}-\u{e01ef}]$/u.test(char)) return /\p{Script=Han}/u.test(before);
	if (!joiner.test(char)) return false;
	const joinsEmoji =
		char === '\u200d' && /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Variation_Selector}]/u.test(before) && /\p{Extended_Pictographic}/u.test(after);
	return joinsEmoji || (joining.test(before.normalize('NFD')) && joining.test(after)) || (/\p{M}/u.test(before) && joining.test(after));
}
