import type { Cue } from './Cue.ts';

/** A cue whose format tells no end lasts until the next one, but not for longer than this. */
const longestOpenMs = 7000;

/** The cues, each with an end. */
export function withEnds(cues: readonly Cue[]): (Cue & { endMs: number })[] {
	return cues.map((cue, at) => {
		const next = cues[at + 1]?.startMs ?? Number.POSITIVE_INFINITY;
		return { ...cue, endMs: cue.endMs ?? Math.max(cue.startMs, Math.min(next, cue.startMs + longestOpenMs)) };
	});
}
