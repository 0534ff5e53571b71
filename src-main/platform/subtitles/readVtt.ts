import type { Cue, CueFault, CueProblem, ReadSubtitles } from './Cue.ts';
import { emptyCues } from './emptyCues.ts';
import { cueOf, findTimings, isBlank, lastText, type TimingLine, timeFaultOf } from './readSrt.ts';
import { type TextLine, textLines } from './textLines.ts';
import { timingProblems } from './timingProblems.ts';

const regular = /^(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}$/;
const header = /^WEBVTT(?:[ \t].*)?$/s;
/** Blocks that are no cues; they end at a blank line. */
const block = /^(?:NOTE(?:\s|$)|STYLE\s*$|REGION\s*$)/;

/**
 * Reads WebVTT as a person would. Notes, styles and regions are no cues and stay where they are; identifiers and settings belong to their cue.
 * Never throws; what was odd is told.
 */
export function readVtt(text: string): ReadSubtitles {
	const lines = textLines(text);
	const problems: CueProblem[] = [];
	const say = (what: CueFault, at: number) => problems.push({ what, line: at + 1, found: (lines[at]?.text ?? '').slice(0, 80) });
	const aside = linesAside(lines);
	const timings = findTimings(lines, regular, (found) => /^[ \t]+-->[ \t]+$/.test(found)).filter(({ at }) => !aside.has(at));
	const heads = timings.map(({ at }, index) => headOf(lines, at, timings[index - 1]?.at ?? -1, aside));
	const cues = timings.map((found, index): Cue => {
		const head = heads[index] ?? found.at;
		if (!found.isRegular) say(timeFaultOf(found), found.at);
		if (head > 0 && !isBlank(lines[head - 1])) say('blankMissing', head);
		const next = endOf(lines, found, heads[index + 1] ?? lines.length, aside);
		const last = lastText(lines, found.at, next);
		for (let at = found.at + 1; at < last; at++) if (isBlank(lines[at]) && (at === found.at + 1 || !isBlank(lines[at - 1]))) say('blankInText', at);
		const id = head === found.at ? {} : { id: lines[head]?.text ?? '' };
		return { ...cueOf(text, lines, found, { head, last, next }), ...id };
	});
	if (!header.test(lines[0]?.text ?? '')) problems.unshift({ what: 'headerMissing', line: 1, found: (lines[0]?.text ?? '').slice(0, 80) });
	return { cues, problems: problems.concat(timingProblems(cues), emptyCues('vtt', cues)).sort((a, b) => a.line - b.line) };
}

/** The header and the blocks that are no cues, with all their lines. */
function linesAside(lines: readonly TextLine[]): Set<number> {
	const aside = new Set<number>();
	let [isAside, isHeader] = [header.test(lines[0]?.text ?? ''), true];
	for (const [at, line] of lines.entries()) {
		if (isBlank(line)) isHeader = false;
		if (isBlank(line) || (isHeader && line.text.includes('-->'))) isAside = false;
		else if (!isAside && (at === 0 || isBlank(lines[at - 1]) || aside.has(at - 1)) && block.test(line.text)) isAside = true;
		if (isAside) aside.add(at);
	}
	return aside;
}

/** The line in which a cue begins: its identifier, where there is one. */
function headOf(lines: readonly TextLine[], at: number, before: number, aside: ReadonlySet<number>): number {
	const above = at - 1;
	const isIdentifier = above > before && !aside.has(above) && !isBlank(lines[above]) && (above === 0 || isBlank(lines[above - 1]));
	return isIdentifier ? above : at;
}

/** Where what belongs to a cue ends: at the next cue, or at a block that is none. */
function endOf(lines: readonly TextLine[], { at }: TimingLine, next: number, aside: ReadonlySet<number>): number {
	for (let line = at + 1; line < next; line++) if (aside.has(line)) return line;
	return Math.min(next, lines.length);
}
