import type { Cue, CueFault, CueProblem, ReadSubtitles, Span } from './Cue.ts';
import { type ClockTime, readClockTime } from './clockTime.ts';
import { emptyCues } from './emptyCues.ts';
import { type TextLine, textLines } from './textLines.ts';
import { timingProblems } from './timingProblems.ts';

const time = String.raw`-?\s?(?:\d{1,4}\s?:\s?)?\d{1,4}\s?:\s?\d{1,2}(?:\s?[.,:;]\s?\d{1,9})?`;
/** Two times with an arrow between them, however it is drawn. */
const timing = new RegExp(String.raw`^(\s*)(${time})(\s*(?:-{1,3}\s?>{1,2}|[-–—]>|[→⇒➔])\s*)(${time})(?=\s|$|[^\d.,:;])(.*)$`, 's');
/** Two words with an arrow between them, of which one at least is made like a time, and which cannot be read. What begins with a word joiner is text (rewriteCues.ts). */
const brokenTiming = /^(?!\u2060)(?=.*\d\s?:\s?\d)(\s*)([^\s>-]+)(\s*-{1,3}>\s*)([^\s>-]+)(.*)$/s;
/** How long a cue is shown, in ms, of which one time or both cannot be read. */
const usualMs = 2000;
const regular = /^\d{2,}:\d{2}:\d{2},\d{3}$/;
const number = /^\s*\d{1,9}\s*$/;
/** What stands behind the times and is no text: coordinates (`X1:1`), and settings of WebVTT that were left in. */
const placing = /^[a-z]\w*[:=][\w.,%+-]+$/i;

/** A line with the times of a cue. */
export interface TimingLine {
	at: number;
	start: { ms: number; span: Span };
	end: { ms: number; span: Span };
	/** What stands behind them, without the spaces around it, and where. */
	settings: string;
	settingsSpan: Span;
	isRegular: boolean;
	/** One of the times, or both, could not be read, and stands where it may have been: behind the cue before, or around the other one. */
	isBroken: boolean;
	/** One of them has more minutes or seconds than there are. */
	isImpossible: boolean;
}

/** Tells whether a line holds two times with an arrow between them. */
export function isTimingLine(line: string): boolean {
	return hasArrow(line) && timing.test(line);
}

/** Tells whether a line would be read as the times of a cue where it stands below a blank line or a number, whole or broken. */
export function looksLikeTiming(line: string): boolean {
	return isTimingLine(line) || (hasArrow(line) && matchBroken(line) !== null);
}

/** No two times are as long as this; a line of any length is not looked through for them. */
function matchBroken(line: string): RegExpExecArray | null {
	return line.length > 100 ? null : brokenTiming.exec(line);
}

/** Most lines have none, which is seen much sooner than that they are no times. */
function hasArrow(line: string): boolean {
	return line.includes('>') || /[→⇒➔]/.test(line);
}

/**
 * Reads SubRip as a person would: cues without numbers, without blank lines between them, with blank lines within, times in any
 * spelling, arrows of any kind. Never throws; what was odd is told.
 */
export function readSrt(text: string): ReadSubtitles {
	const lines = textLines(text);
	const timings = findTimings(lines, regular, (found) => /^\s*-->\s*$/.test(found));
	const problems: CueProblem[] = [];
	const say = (what: CueFault, at: number) => problems.push({ what, line: at + 1, found: (lines[at]?.text ?? '').slice(0, 80) });
	const heads = timings.map(({ at }, index) => headOf(lines, at, timings[index - 1]?.at ?? -1));
	const numberFaults = faultsOfNumbers(heads.map((head, index) => (head === timings[index]?.at ? null : Number(lines[head]?.text))));
	const cues = timings.map((found, index): Cue => {
		const head = heads[index] ?? found.at;
		if (head === found.at) say('numberMissing', found.at);
		else if (numberFaults[index]) say(numberFaults[index], head);
		if (!found.isRegular) say(timeFaultOf(found), found.at);
		if (head > 0 && index > 0 && !isBlank(lines[head - 1])) say('blankMissing', head);
		const next = heads[index + 1] ?? lines.length;
		const last = lastText(lines, found.at, next);
		for (let at = found.at + 1; at < last; at++) if (isBlank(lines[at]) && (at === found.at + 1 || !isBlank(lines[at - 1]))) say('blankInText', at);
		const isBeside = found.settings !== '' && !isPlacing(found.settings);
		if (isBeside) say('textBesideTimes', found.at);
		const cue = isBeside ? besideTimes(text, cueOf(text, lines, found, { head, last, next }), found) : cueOf(text, lines, found, { head, last, next });
		return head === found.at ? cue : { ...cue, id: (lines[head]?.text ?? '').trim() };
	});
	const first = heads[0] ?? lines.length;
	for (let at = 0; at < first; at++) if (!isBlank(lines[at])) say('strayText', at);
	return { cues, problems: problems.concat(timingProblems(cues), emptyCues('srt', cues)).sort((a, b) => a.line - b.line) };
}

/** The lines that hold the times of a cue; one whose times cannot be read is one where a cue would begin, below a blank line or a number. */
export function findTimings(lines: readonly TextLine[], regularTime: RegExp, isRegularArrow: (found: string) => boolean): TimingLine[] {
	const timings: TimingLine[] = [];
	for (const [at, line] of lines.entries()) {
		if (!hasArrow(line.text)) continue;
		const isBeginning = at === 0 || isBlank(lines[at - 1]) || number.test(lines[at - 1]?.text ?? '');
		const found = timing.exec(line.text) ?? (isBeginning ? matchBroken(line.text) : null);
		if (!found) continue;
		const [, before = '', first = '', arrow = '', second = '', settings = ''] = found;
		const [start, end] = [readClockTime(first, regularTime), readClockTime(second, regularTime)];
		const { startMs, endMs } = timesAround(start, end, timings.at(-1)?.end.ms ?? 0);
		const startAt = line.start + before.length;
		const endAt = startAt + first.length + arrow.length;
		timings.push({
			at,
			start: { ms: startMs, span: { start: startAt, end: startAt + first.length } },
			end: { ms: endMs, span: { start: endAt, end: endAt + second.length } },
			settings: settings.trim(),
			settingsSpan: { start: line.end - settings.trimStart().length, end: line.end - settings.length + settings.trimEnd().length },
			isRegular: start?.isRegular === true && end?.isRegular === true && isRegularArrow(arrow),
			isBroken: start === null || end === null,
			isImpossible: start?.isImpossible === true || end?.isImpossible === true,
		});
	}
	return timings;
}

/** What is wrong with times that are not as the format has them. */
export function timeFaultOf({ isBroken, isImpossible }: Pick<TimingLine, 'isBroken' | 'isImpossible'>): CueFault {
	return isBroken ? 'badTime' : isImpossible ? 'impossibleTime' : 'oddTime';
}

/** Which numbers do not follow the one above, null for a cue without: only the first of several in a row that are wrong in the same way. */
function faultsOfNumbers(numbers: readonly (number | null)[]): (CueFault | null)[] {
	let [before, last]: [number | null, CueFault | null] = [null, null];
	return numbers.map((found) => {
		const wanted: number | null = before === null ? found : before + 1;
		before = found ?? wanted;
		const fault = found === null || wanted === null || found === wanted ? null : found < wanted ? 'numberDoubled' : 'numberSkipped';
		const isFirst = fault !== last;
		last = fault;
		return isFirst ? fault : null;
	});
}

/** The times of a cue of which one, or both, cannot be read or cannot be: around the other one, or behind the cue before. */
export function timesAround(read: ClockTime | null, readEnd: ClockTime | null, lastMs: number): { startMs: number; endMs: number } {
	const [start, end] = [usableMs(read), usableMs(readEnd)];
	const startMs = start ?? (end === null ? lastMs : Math.min(end, Math.max(lastMs, end - usualMs)));
	return { startMs, endMs: end ?? startMs + usualMs };
}

function usableMs(time: ClockTime | null): number | null {
	return time === null || time.isImpossible ? null : time.ms;
}

/** Tells whether what stands behind the times of a cue says where it is shown, and is no text. */
export function isPlacing(settings: string): boolean {
	return settings.split(/\s+/).every((word) => placing.test(word));
}

/** The line in which a cue begins: the number above its times, if there is one that belongs to no other. */
function headOf(lines: readonly TextLine[], at: number, before: number): number {
	return at - 1 > before && number.test(lines[at - 1]?.text ?? '') ? at - 1 : at;
}

export function isBlank(line: TextLine | undefined): boolean {
	return line === undefined || line.text.trim() === '';
}

/** The last line of a cue's text; the line of its times where it has none. */
export function lastText(lines: readonly TextLine[], at: number, next: number): number {
	for (let last = next - 1; last > at; last--) if (!isBlank(lines[last])) return last;
	return at;
}

/** A cue whose text begins in the line of its times. */
function besideTimes(source: string, cue: Cue, { settingsSpan }: TimingLine): Cue {
	const hasMore = cue.spans.text.end > cue.spans.text.start;
	const span = { start: settingsSpan.start, end: hasMore ? cue.spans.text.end : settingsSpan.end };
	const { settings: _, ...rest } = cue;
	return { ...rest, text: lineEndsOf(source.slice(span.start, span.end)), spans: { ...cue.spans, text: span } };
}

function lineEndsOf(text: string): string {
	return text.replace(/\r\n|\r/g, '\n');
}

/** A cue out of its lines: it begins in `head`, its text ends in `last`, and the next one begins in `next`. */
export function cueOf(text: string, lines: readonly TextLine[], found: TimingLine, { head, last, next }: { head: number; last: number; next: number }): Cue {
	const begins = lines[found.at + 1]?.start ?? lines[found.at]?.next ?? text.length;
	const span = { start: begins, end: last === found.at ? begins : (lines[last]?.end ?? text.length) };
	return {
		...{ startMs: found.start.ms, endMs: found.end.ms, kind: 'shown', line: found.at + 1 },
		text: lineEndsOf(text.slice(span.start, span.end)),
		spans: { start: found.start.span, end: found.end.span, text: span, whole: { start: lines[head]?.start ?? 0, end: lines[next]?.start ?? text.length } },
		...(found.settings !== '' && { settings: found.settings }),
	};
}
