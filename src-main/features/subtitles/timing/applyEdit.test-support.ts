import type { TimedCue, TimingEdit } from './TimingEdit.ts';

/** The edit that gives back what was there before another. */
export function undoOf({ before, after }: TimingEdit): TimingEdit {
	return { before: after, after: before };
}

/** A list of cues with an edit made in it. A new cue stands behind the one before it in the edit; the cues themselves stay untouched. */
export function applyEdit(cues: readonly TimedCue[], { before, after }: TimingEdit): TimedCue[] {
	const present = new Set(cues.map(({ id }) => id));
	const kept = new Set(after.map(({ id }) => id));
	const gone = new Set(before.filter(({ id }) => !kept.has(id)).map(({ id }) => id));
	const placed = new Map<string, TimedCue[]>();
	let group: TimedCue[] = [];
	for (const cue of after) {
		// The first cue of every edit is one that the list has.
		if (present.has(cue.id)) {
			group = [];
			placed.set(cue.id, group);
		}
		group.push(cue);
	}
	return cues.flatMap((cue) => placed.get(cue.id) ?? (gone.has(cue.id) ? [] : [cue]));
}
