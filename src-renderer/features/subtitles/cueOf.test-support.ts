import type { SubtitleCue } from '#contract/subtitleCue.ts';

/** A cue that nothing was done with yet, for tests. */
export function cueOf(fields: Partial<SubtitleCue>): SubtitleCue {
	return {
		...{ id: 'a', position: 0, startMs: 0, endMs: 1000, source: 'One', target: null, actor: '', skip: null, status: 'waiting', origin: null },
		...{ isApproved: false, tagFaults: [], isTooLong: false, findings: [], confidence: null, failure: null },
		...fields,
	};
}
