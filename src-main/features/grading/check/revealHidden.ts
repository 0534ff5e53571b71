/** Characters that are not seen, or that change the order in which others are: controls, formats, fillers, variations, tags, halves of characters. */
const hidden = /[\p{DI}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\t\n\r])\p{Cc}/u;
const runs = new RegExp(`(${hidden.source})\\1*`, 'gu');
/** No honest text has more runs of them; what comes after is counted alone. */
const mostShown = 200;
const presentation = /^[\ufe0e\ufe0f]$/u;
const joiner = /^[\u200c\u200d]$/u;
/** Scripts whose letters join, or do not, by a character that is not seen. */
const joining =
	/[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Oriya}\p{Script=Mongolian}]/u;

/**
 * A text with everything in it that is not seen shown as what it is, `⟨U+200B⟩`, so that neither a model nor a person reads past it.
 *
 * Line ends, tabs and what belongs to a visible character (emoji, joined letters, a variant of a Chinese character) stay. The same character
 * many times is shown once with how often, `⟨U+200B×40⟩`; after 200 of them the others are left out and counted at the end. A text without any
 * comes back as it is.
 */
export function revealHidden(text: string): string {
	let shown = 0;
	let more = 0;
	const revealed = text.replace(runs, (run: string, char: string, at: number) => {
		if (belongs(text, char, run, at)) return run;
		if (++shown <= mostShown) return label(char, [...run].length);
		more += [...run].length;
		return '';
	});
	return more === 0 ? revealed : `${revealed}⟨+${more}⟩`;
}

function label(char: string, times: number): string {
	const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
	return `⟨U+${code}${times > 1 ? `×${times}` : ''}⟩`;
}

/** Whether a character is a part of how the visible one before it looks. */
function belongs(text: string, char: string, run: string, at: number): boolean {
	if (run !== char) return false;
	const before = lastChar(text.slice(Math.max(0, at - 4), at));
	const after = [...text.slice(at + run.length, at + run.length + 2)][0] ?? '';
	if (presentation.test(char)) return /[\p{Emoji}]/u.test(before);
	if (/^[\u{e0100}-\u{e01ef}]$/u.test(char)) return /\p{Script=Han}/u.test(before);
	if (!joiner.test(char)) return false;
	const joinsEmoji =
		char === '\u200d' && /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Variation_Selector}]/u.test(before) && /\p{Extended_Pictographic}/u.test(after);
	return joinsEmoji || (joining.test(before.normalize('NFD')) && joining.test(after)) || (/\p{M}/u.test(before) && joining.test(after));
}

function lastChar(text: string): string {
	return [...text].at(-1) ?? '';
}
