/** A cue as far as its place in time goes. Texts may carry tags; an untranslated cue has an empty target. */
export interface TimedCue {
	id: string;
	/** Whole milliseconds from the beginning of the film, never under 0. */
	startMs: number;
	endMs: number;
	source: string;
	target: string;
}

/**
 * What an operation on times changes: the cues that it takes away, and those that stand in their place. A cue whose id is in both is changed.
 * Cues that stay as they are, are in neither.
 */
export interface TimingEdit {
	before: TimedCue[];
	after: TimedCue[];
}

/** Why times stay as they are. `beforeStart`: a cue would begin before the film does, by so many milliseconds. */
export type TimingRefusal =
	| { kind: 'refused'; why: 'beforeStart'; byMs: number }
	/** Two points at one time, or in the other order. */
	| { kind: 'refused'; why: 'pointsUnordered' }
	/** A cue with one word, or shown for too short a time, cannot be split. */
	| { kind: 'refused'; why: 'indivisible' }
	/** Fewer than two cues to merge, or with others between them. */
	| { kind: 'refused'; why: 'notNeighbours' };

export type TimingResult = { kind: 'edit'; edit: TimingEdit } | TimingRefusal;

/** The edit that gives some cues other times; those whose times stay are left out of it. */
export function retimed(cues: readonly TimedCue[], timesOf: (cue: TimedCue, at: number) => { startMs: number; endMs: number }): TimingEdit {
	const edit: TimingEdit = { before: [], after: [] };
	for (const [at, cue] of cues.entries()) {
		const { startMs, endMs } = timesOf(cue, at);
		if (startMs === cue.startMs && endMs === cue.endMs) continue;
		edit.before.push(cue);
		edit.after.push({ ...cue, startMs, endMs });
	}
	return edit;
}
