import type { Cue, CueProblem, ReadSubtitles } from './Cue.ts';
import { readClockTime } from './clockTime.ts';
import { cueOf, lastText, type TimingLine } from './readSrt.ts';
import { textLines } from './textLines.ts';
import { timingProblems } from './timingProblems.ts';

const regular = /^\d+:\d{2}:\d{2}\.\d{3}$/;
const timing = /^(\s*)(-?(?:\d+:)?\d+:\d{1,2}[.,]\d{1,3})(\s*,\s*)(-?(?:\d+:)?\d+:\d{1,2}[.,]\d{1,3})\s*$/;

/** Reads SubViewer as YouTube writes it: two times with a comma between them, then the text. Never throws; what was odd is told. */
export function readSbv(text: string): ReadSubtitles {
	const lines = textLines(text);
	const problems: CueProblem[] = [];
	const timings = lines.flatMap((line, at): TimingLine[] => {
		const [, before = '', first = '', comma = '', second = ''] = timing.exec(line.text) ?? [];
		const [start, end] = [readClockTime(first, regular), readClockTime(second, regular)];
		if (!start || !end) return [];
		const [startAt, endAt] = [line.start + before.length, line.start + before.length + first.length + comma.length];
		const spans = { start: { start: startAt, end: startAt + first.length }, end: { start: endAt, end: endAt + second.length } };
		return [
			{
				at,
				start: { ms: start.ms, span: spans.start },
				end: { ms: end.ms, span: spans.end },
				settings: '',
				settingsSpan: spans.end,
				isRegular: start.isRegular && end.isRegular,
				isBroken: false,
				isImpossible: false,
			},
		];
	});
	const cues = timings.map((found, index): Cue => {
		if (!found.isRegular) problems.push({ what: 'oddTime', line: found.at + 1, found: (lines[found.at]?.text ?? '').slice(0, 80) });
		const next = timings[index + 1]?.at ?? lines.length;
		return cueOf(text, lines, found, { head: found.at, last: lastText(lines, found.at, next), next });
	});
	return { cues, problems: problems.concat(timingProblems(cues)).sort((a, b) => a.line - b.line) };
}
