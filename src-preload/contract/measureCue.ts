import type { Counting, ReadingRules } from './readingRules.ts';
import { visibleText } from './visibleText.ts';

/** What a cue comes to. Characters are those of the counting that it was measured with. */
export interface CueMeasure {
	/** All that are seen, spaces and punctuation included, line ends not. */
	characters: number;
	/** Of each line. */
	lineCharacters: number[];
	/** Never under 0. */
	durationMs: number;
	/** Characters per second; 0 without any, `noTimeCps` where there is text and no time for it, null where it ends before it begins. */
	cps: number | null;
}

/** The reading speed of a text that is shown for no time, as Subtitle Edit has it; a number, so that it can be sent and compared. */
export const noTimeCps = 999;

/** What of a text counts, and how much. */
type MeasuredBy = Pick<ReadingRules, 'counting' | 'hidesNotes'>;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Neither seen nor wide: controls, marks of direction, joiners, byte order marks. */
const unseen = /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}\u115f\u1160\u3164]+$/u;

/**
 * Wide and full-width characters by East Asian Width (Unicode Standard Annex 11), from properties that every engine knows, since the width
 * itself is none of them.
 */
const wide =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Script=Nushu}\p{Script=Khitan_Small_Script}\p{Emoji_Presentation}\u2329\u232a\u2630-\u2637\u268a-\u268f\u2ff0-\u2fff\u3000-\u303e\u3041-\u33ff\u4dc0-\u4dff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1d300}-\u{1d376}\u{1f202}-\u{1f265}]|\ufe0f/u;
/** Of the scripts above, but narrow: parts of Korean syllables, half-width forms, single letters of flags. */
const narrow = /^[\u02ea\u02eb\u1160-\u11ff\u3248-\u324f\ud7b0-\ud7ff\uff61-\uffdc\u{1f1e6}-\u{1f1ff}]$/u;
/** Ambiguous in the annex, and as wide as an ideograph in every font of Chinese, Japanese and Korean. */
const wideMark = /^[“”‘’…⋯‥—―·※]$/u;

/** Most lines: characters that never join with others, which are counted much sooner; of them the wide ones. */
const single = /^[ -~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]*$/;
const singleWide = /[\u3001-\uff5e]/g;

/** The characters of one line of visible text. `byWidth`: in halves. */
export function countCharacters(line: string, counting: Counting): number {
	if (single.test(line)) return counting === 'each' ? line.length : (line.length + (line.match(singleWide)?.length ?? 0)) / 2;
	let count = 0;
	let before = '';
	for (const { segment, index } of graphemes.segment(line)) {
		if (!unseen.test(segment)) count += counting === 'each' || isWide(segment, before, line[index + segment.length] ?? '') ? 1 : 0.5;
		before = segment;
	}
	return count;
}

function isWide(grapheme: string, before: string, after: string): boolean {
	// The apostrophe of an English word is no Chinese quotation mark.
	if (grapheme === '’' && /\p{Script=Latin}/u.test(before) && /\p{Script=Latin}/u.test(after)) return false;
	return wideMark.test(grapheme) || (wide.test(grapheme) && !narrow.test(grapheme));
}

/**
 * Measures a cue's text, tags left out, in the time that it is shown for.
 *
 * Counts as Subtitle Edit does: what a reader sees as one character is one, spaces and punctuation count, tags, line ends and what cannot be
 * seen do not; by width a wide character is 1 and every other 0.5 (Netflix's guides for Chinese, Japanese and Korean).
 */
export function measureCue(text: string, startMs: number, endMs: number, { counting, hidesNotes = false }: MeasuredBy = { counting: 'each' }): CueMeasure {
	const lineCharacters = visibleText(text, hidesNotes)
		.split('\n')
		.map((line) => countCharacters(line, counting));
	const characters = lineCharacters.reduce((sum, count) => sum + count, 0);
	const durationMs = Math.max(0, endMs - startMs);
	const cps = endMs < startMs ? null : characters === 0 ? 0 : durationMs === 0 ? noTimeCps : Math.min(noTimeCps, (characters * 1000) / durationMs);
	return { characters, lineCharacters, durationMs, cps };
}

/** The most characters that a cue of a duration may have: what can be read in its time, and what its lines hold. */
export function roomOf(durationMs: number, rules: Pick<ReadingRules, 'maxCps' | 'maxCharsPerLine' | 'maxLines'>): number {
	return Math.max(1, Math.floor(Math.min((rules.maxCps * durationMs) / 1000, rules.maxCharsPerLine * rules.maxLines)));
}
