import { countCharacters } from '#contract/measureCue.ts';
import type { ReadingRules } from '#contract/readingRules.ts';
import { visibleText } from '#contract/visibleText.ts';
import { type BreakPoint, breakPoints, joinsWithoutSpace } from './breakPoints.ts';
import { layLines } from './layLines.ts';
import { cutParts, plainParts } from './plainParts.ts';

/** What lines are broken by. */
export type LineRules = Pick<ReadingRules, 'maxCharsPerLine' | 'maxLines' | 'counting'> & {
	/** BCP 47. */
	language: string;
};

export interface BrokenLines {
	/** With `\n` for every line end. */
	text: string;
	/** Whether every line holds what it may, and there are no more of them than there may be. */
	fits: boolean;
	/** By how many characters lines are too long, added up. */
	overflow: number;
}

/** No cue is as long; a longer text is left as it is. */
const mostLength = 5000;
/** A person's own lines stay where they fit and are hardly worse than the best ones. */
const keepTolerance = 0.12;
/** In a script without spaces a break may have stood for a pause, as its space would have. */
const keepUnspaced = 0.5;

/**
 * Breaks a cue's text into lines by meaning and balance, the lower line rather the longer one.
 *
 * One line where all fits in one. Turns of a dialogue, which begin with a dash, keep lines of their own. Tags and placeholders take no room.
 * Nothing is lost but spaces at breaks and all but one of a run of spaces, and no word is cut: a text that does not fit has as few lines as it
 * may, as even as they can be, and says so. Broken lines that are broken again stay as they are.
 */
export function breakLines(text: string, rules: LineRules): BrokenLines {
	let broken = text;
	// Each further round has found fewer spaces, so that this ends; nearly always the second finds nothing to change.
	for (let before = null; broken !== before && broken.length <= mostLength; ) {
		before = broken;
		broken = brokenOnce(broken, rules);
	}
	const widths = widthsOf(broken.split('\n'), rules);
	const overflow = widths.reduce((sum, width) => sum + Math.max(0, width - rules.maxCharsPerLine), 0);
	return { text: broken, fits: overflow === 0 && widths.length <= rules.maxLines, overflow };
}

function brokenOnce(text: string, rules: LineRules): string {
	const turns = turnsOf(text);
	let spare = Math.max(0, rules.maxLines - turns.length);
	return turns
		.map((lines) => {
			const broken = brokenTurn(lines, { ...rules, maxLines: 1 + spare });
			spare -= broken.length - 1;
			return broken.join('\n');
		})
		.join('\n');
}

/** The lines of each speaker: a dash begins a turn. Without dashes all is one. */
function turnsOf(text: string): string[][] {
	const turns: string[][] = [];
	for (const raw of text.replace(/\r\n?/g, '\n').split('\n')) {
		const line = raw.replace(/[^\S\u00a0\u202f\u2007]+/g, ' ').trim();
		const turn = turns.at(-1);
		if (turn === undefined || /^[-‐–—](?!-)\s?\S/u.test(visibleText(line))) turns.push([line]);
		else if (visibleText(line) === '') turn[turn.length - 1] += line;
		else turn.push(line);
	}
	return turns;
}

function brokenTurn(lines: readonly string[], rules: LineRules): string[] {
	const { text, joins } = joinedLines(lines);
	const parts = plainParts(text);
	const points = breakPoints(parts.plain, rules.language);
	const measure = (part: string) => countCharacters(part, rules.counting);
	const best = layLines(parts.plain, points, rules, measure);
	const own = joins.map((at) => points.find(({ end, start }) => (parts.places[end - 1] ?? -1) < at && at <= (parts.places[start] ?? text.length)));
	if (own.every((point) => point !== undefined) && isKept(lines, own, best.cost)) return [...lines];
	return cutAt(text, best.points);

	function isKept(kept: readonly string[], breaks: BreakPoint[], bestCost: number): boolean {
		const widths = widthsOf(kept, rules);
		const isNeedless = breaks.length > 0 && measure(visibleText(kept.join(' '))) <= rules.maxCharsPerLine;
		if (isNeedless || kept.length > rules.maxLines || widths.some((width) => width > rules.maxCharsPerLine)) return false;
		const tolerance = keepTolerance + keepUnspaced * breaks.filter(({ start, end }) => start === end).length;
		return layLines(parts.plain, breaks, { ...rules, maxLines: kept.length }, measure, kept.length).cost <= bestCost + tolerance;
	}
}

/** A text cut at several of its break points, given in their order. */
function cutAt(text: string, points: readonly BreakPoint[]): string[] {
	const parts = plainParts(text);
	const lines: string[] = [];
	let rest = text;
	for (const point of points.toReversed()) {
		const [first, second] = cutParts(rest, parts, point);
		lines.unshift(second);
		rest = first;
	}
	return [rest, ...lines];
}

/** Lines as one, with a space where the script has them, and where in it each of the later lines was joined to it. */
export function joinedLines(lines: readonly string[]): { text: string; joins: number[] } {
	const joins: number[] = [];
	const text = lines.reduce((whole, line) => {
		if (visibleText(whole) === '' || visibleText(line) === '') return whole + line;
		joins.push(whole.length);
		return whole + (joinsWithoutSpace(visibleText(whole), visibleText(line)) ? '' : ' ') + line;
	}, '');
	return { text, joins };
}

function widthsOf(lines: readonly string[], { counting }: LineRules): number[] {
	return lines.map((line) => countCharacters(visibleText(line), counting));
}
