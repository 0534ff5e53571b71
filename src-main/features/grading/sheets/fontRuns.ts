import type { SheetLanguage } from './GradedClass.ts';
import { missingSign } from './printableText.ts';
import type { FontCoverage, FontName } from './sheetFonts.ts';

/** In each text; what it takes to lay them out grows with the square. */
const mostRuns = 1000;
/** Where a word without end may be broken; what it takes to lay a word out grows faster than its length. */
const breakHere = '\u200B';
const endlessWord = /[^\s\u2E80-\uFFFF-]{48}/gu;

/** A piece of text that one font can show. */
export interface FontRun {
	text: string;
	font: FontName;
}

/**
 * Cuts printable text into pieces that one font can show each; what neither has becomes `□`. A word may be broken after every 48 characters.
 *
 * Letters and digits that the Latin font has stand in it. Signs that both have, such as `“` or `…`, stand in the font of what is before
 * them, at the beginning in that of the language, so that Chinese keeps its wide punctuation and English its narrow one. A text that goes to
 * and fro between them a thousand times stands in the Chinese font as far as that has it.
 */
export function fontRuns(text: string, coverage: FontCoverage, language: SheetLanguage): FontRun[] {
	const breakable = text.replaceAll('\t', '    ').replace(endlessWord, `$&${breakHere}`);
	const runs = cutRuns(breakable, (character, current) => fontOf(character, coverage, current), language);
	if (runs.length <= mostRuns) return runs;
	return cutRuns(breakable, (character, current) => plainFontOf(character, coverage, current), 'zh');
}

function cutRuns(text: string, choose: (character: string, current: FontName) => FontName | null, language: SheetLanguage): FontRun[] {
	const runs: FontRun[] = [];
	let current: FontName = language === 'zh' ? 'chinese' : 'latin';
	for (const character of text) {
		const font = choose(character, current);
		// Joiners and variation selectors say how neighbours look; alone they have no shape to miss.
		if (font === null && /[\p{Cf}\p{Mn}]/u.test(character)) continue;
		const shown = font === null ? missingSign : character;
		current = font ?? 'chinese';
		const last = runs.at(-1);
		if (last?.font === current) last.text += shown;
		else runs.push({ text: shown, font: current });
	}
	return runs;
}

function fontOf(character: string, coverage: FontCoverage, current: FontName): FontName | null {
	if (character === '\n' || character === ' ') return current;
	const codePoint = character.codePointAt(0) ?? 0;
	const [isLatin, isChinese] = [coverage.latin(codePoint), coverage.chinese(codePoint)];
	if (isLatin && isChinese) return codePoint < 0x80 || /[\p{L}\p{N}]/u.test(character) ? 'latin' : current;
	return isLatin ? 'latin' : isChinese ? 'chinese' : null;
}

function plainFontOf(character: string, coverage: FontCoverage, current: FontName): FontName | null {
	if (character === '\n') return current;
	const codePoint = character.codePointAt(0) ?? 0;
	return coverage.chinese(codePoint) ? 'chinese' : coverage.latin(codePoint) ? 'latin' : null;
}
