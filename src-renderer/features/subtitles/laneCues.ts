import type { SubtitleCue } from '#contract/subtitleCue.ts';

/** Where a cue is drawn in the timeline: its lane, from 0 above, of so many that stand one above the other there. */
export interface Lane {
	lane: number;
	of: number;
}

/** More would be too low for their words; beyond that cues share the lane that is free the soonest. */
const mostLanes = 4;

/**
 * Puts cues that are shown at the same time one above the other, so that each can be read and pressed. A cue that meets no other one has the
 * whole height. Comments are never shown, and have no lane.
 */
export function laneCues(cues: readonly Pick<SubtitleCue, 'id' | 'startMs' | 'endMs' | 'skip'>[]): ReadonlyMap<string, Lane> {
	const lanes = new Map<string, Lane>();
	let together: string[] = [];
	let endsMs: number[] = [];
	const close = () => {
		for (const id of together) lanes.set(id, { lane: lanes.get(id)?.lane ?? 0, of: endsMs.length });
		[together, endsMs] = [[], []];
	};
	for (const { id, startMs, endMs } of cues.filter(({ skip }) => skip !== 'comment').sort((a, b) => a.startMs - b.startMs)) {
		if (endsMs.every((end) => end <= startMs)) close();
		const free = endsMs.findIndex((end) => end <= startMs);
		const lane = free >= 0 ? free : endsMs.length < mostLanes ? endsMs.length : endsMs.indexOf(Math.min(...endsMs));
		endsMs[lane] = Math.max(endMs, endsMs[lane] ?? 0);
		lanes.set(id, { lane, of: 1 });
		together.push(id);
	}
	close();
	return lanes;
}
