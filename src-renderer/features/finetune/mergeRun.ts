import type { Run, RunLine, RunPoint } from '#contract/finetune.ts';

/** A run with all of its curves and its log, as far as they are known. */
export interface FollowedRun {
	run: Run;
	/** By rising step. */
	points: RunPoint[];
	/** By rising number. */
	lines: RunLine[];
}

/** Adds what came of a run. A step that is taken again, as after a crash, counts as it was the last time. */
export function mergeRun(old: FollowedRun | null, came: FollowedRun): FollowedRun {
	if (old === null) return came;
	return { run: came.run, points: joined(old.points, came.points, ({ step }) => step), lines: joined(old.lines, came.lines, ({ seq }) => seq) };
}

function joined<T>(old: T[], came: readonly T[], placeOf: (item: T) => number): T[] {
	const first = came[0];
	const last = old.at(-1);
	if (first === undefined) return old;
	if (last === undefined || placeOf(first) > placeOf(last)) return [...old, ...came];
	const byPlace = new Map([...old, ...came].map((item) => [placeOf(item), item]));
	return [...byPlace.values()].sort((a, b) => placeOf(a) - placeOf(b));
}
