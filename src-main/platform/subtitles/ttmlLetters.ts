/** How letters look, as far as SRT can say it. */
export interface Letters {
	italic: boolean;
	bold: boolean;
	underline: boolean;
}

export const plainLetters: Letters = { italic: false, bold: false, underline: false };

/** How an element's letters look: as those around it, but for the styles that it names and what it says itself (TTML2, 10.2). */
export function lettersOf(attributes: ReadonlyMap<string, string>, styles: ReadonlyMap<string, Letters>, around: Letters): Letters {
	let letters = around;
	for (const name of attributes.get('style')?.split(/\s+/) ?? []) {
		const style = styles.get(name);
		// What a style does not say is false in it, and does not undo what is around.
		if (style) letters = { italic: letters.italic || style.italic, bold: letters.bold || style.bold, underline: letters.underline || style.underline };
	}
	const [slant, weight, decoration] = [attributes.get('fontStyle'), attributes.get('fontWeight'), attributes.get('textDecoration')];
	return {
		italic: slant === undefined ? letters.italic : /italic|oblique/i.test(slant),
		bold: weight === undefined ? letters.bold : /bold/i.test(weight),
		underline: decoration === undefined ? letters.underline : /(?<!no)underline/i.test(decoration),
	};
}

/** The tags that end how letters look and begin how they look next; they are always nested in the same order. */
export function switchLetters(from: Letters, to: Letters): string {
	if (from === to || (from.italic === to.italic && from.bold === to.bold && from.underline === to.underline)) return '';
	const close = `${from.underline ? '</u>' : ''}${from.bold ? '</b>' : ''}${from.italic ? '</i>' : ''}`;
	return `${close}${to.italic ? '<i>' : ''}${to.bold ? '<b>' : ''}${to.underline ? '<u>' : ''}`;
}
