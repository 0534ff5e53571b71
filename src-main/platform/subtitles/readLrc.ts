import type { Cue, CueProblem, ReadSubtitles } from './Cue.ts';
import { textLines } from './textLines.ts';
import { timingProblems } from './timingProblems.ts';

const stamp = /\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]/gy;
/** A refrain comes back some times; a line of nothing but times would be its text again for each. */
const mostStamps = 100;
const fact = /^\[[a-z#]+:.*\]$/is;

/**
 * Reads lyrics (LRC): each line has one time or several and is shown until the next. A line with several times is one cue for each. Never
 * throws; what was odd is told.
 */
export function readLrc(text: string): ReadSubtitles {
	const problems: CueProblem[] = [];
	const cues: Cue[] = [];
	for (const [at, line] of textLines(text).entries()) {
		const begins = line.text.length - line.text.trimStart().length;
		const stamps: { ms: number; start: number; end: number }[] = [];
		stamp.lastIndex = begins;
		for (let found = stamp.exec(line.text); found; found = stamp.exec(line.text)) {
			const [, minutes, seconds, fraction = '0'] = found;
			const ms = (Number(minutes) * 60 + Number(seconds)) * 1000 + Math.round(Number(`0.${fraction}`) * 1000);
			stamps.push({ ms, start: line.start + found.index + 1, end: line.start + found.index + found[0].length - 1 });
		}
		if (stamps.length === 0) {
			if (line.text.trim() !== '' && !fact.test(line.text.trim())) problems.push({ what: 'strayText', line: at + 1, found: line.text.slice(0, 80) });
			continue;
		}
		if (stamps.length > mostStamps) problems.push({ what: 'tooManyTimes', line: at + 1, found: line.text.slice(0, 80) });
		const said = { start: (stamps.at(-1)?.end ?? 0) + 1, end: line.end };
		for (const { ms, start, end } of stamps.slice(0, mostStamps))
			cues.push({
				...{ startMs: ms, endMs: null, text: text.slice(said.start, said.end), kind: 'shown', line: at + 1 },
				spans: { start: { start, end }, end: null, text: said, whole: { start: line.start, end: line.next } },
			});
	}
	return { cues, problems: problems.concat(timingProblems(cues).filter(({ what }) => what !== 'outOfOrder')).sort((a, b) => a.line - b.line) };
}
