import type { Cue, CueFault, CueProblem } from './Cue.ts';

/** What is odd about when cues are shown: each against itself and against the one above it. */
export function timingProblems(cues: readonly Cue[]): CueProblem[] {
	const problems: CueProblem[] = [];
	let before: Cue | null = null;
	for (const cue of cues) {
		if (cue.kind === 'comment') continue;
		const say = (what: CueFault) => problems.push({ what, line: cue.line, found: cue.text.slice(0, 80) });
		if (cue.startMs < 0 || (cue.endMs ?? 0) < 0) say('negativeTime');
		if (cue.endMs !== null && cue.endMs < cue.startMs) say('endBeforeStart');
		if (before && cue.startMs < before.startMs) say('outOfOrder');
		else if (before?.endMs !== null && before !== null && cue.startMs < before.endMs) say('overlap');
		before = cue;
	}
	return problems;
}
