/** A run of text as it is, or one character that would not be seen or would reorder what is, as its code point (`U+202E`). `at`: where in the text it begins. */
export type TextPart = { at: number; text: string } | { at: number; hidden: string };

// Whatever Unicode says is not drawn (zero-width, fillers, tags, direction marks), controls but tab and line ends, other line separators, annotation marks.
const suspects = /[[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zl}\p{Zp}\u{fff9}-\u{fffb}]--[\t\n\r]]/gv;

/**
 * Splits an answer for display so that nothing in it stays unseen: every control, zero-width and direction-changing
 * character becomes a part of its own.
 *
 * Joined again, with each hidden part put back as its character, the parts are the whole text. Joiners and variation
 * selectors that do their ordinary work, inside an emoji or a word of a script that needs them, stay in the text.
 */
export function revealHidden(text: string): TextPart[] {
	const parts: TextPart[] = [];
	let shownTo = 0;
	for (const match of text.matchAll(suspects)) {
		const [character] = match;
		if (doesOrdinaryWork(text, match.index, character)) continue;
		if (match.index > shownTo) parts.push({ at: shownTo, text: text.slice(shownTo, match.index) });
		parts.push({ at: match.index, hidden: `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` });
		shownTo = match.index + character.length;
	}
	if (shownTo < text.length) parts.push({ at: shownTo, text: text.slice(shownTo) });
	return parts;
}

const emojiBefore = /\p{Emoji}$/v;
const joinableBefore =
	/[[\p{Emoji}\p{L}\p{M}]--[0-9\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}]]$/v;

function doesOrdinaryWork(text: string, index: number, character: string): boolean {
	const before = text.slice(Math.max(0, index - 2), index);
	if (character === '\u200c' || character === '\u200d') return joinableBefore.test(before);
	if (character === '\ufe0e' || character === '\ufe0f') return emojiBefore.test(before);
	return false;
}
