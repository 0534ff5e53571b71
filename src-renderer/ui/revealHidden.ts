import { findHidden } from '#contract/findHidden.ts';

/** A run of text as it is, or one character that would not be seen or would reorder what is, as its code point (`U+202E`). `at`: where in the text it begins. */
export type TextPart = { at: number; text: string } | { at: number; hidden: string };

/**
 * Splits an answer for display so that nothing in it stays unseen: every control, zero-width and direction-changing
 * character (contract/findHidden.ts) becomes a part of its own.
 *
 * Joined again, with each hidden part put back as its character, the parts are the whole text.
 */
export function revealHidden(text: string): TextPart[] {
	const parts: TextPart[] = [];
	let shownTo = 0;
	for (const { at, end, times, code } of findHidden(text)) {
		if (at > shownTo) parts.push({ at: shownTo, text: text.slice(shownTo, at) });
		for (let time = 0; time < times; time++) parts.push({ at: at + ((end - at) / times) * time, hidden: code });
		shownTo = end;
	}
	if (shownTo < text.length) parts.push({ at: shownTo, text: text.slice(shownTo) });
	return parts;
}
