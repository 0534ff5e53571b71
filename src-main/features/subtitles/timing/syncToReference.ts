import { matchTimes, type TimeMatch } from './matchTimes.ts';
import { mapTimes } from './moveCues.ts';
import type { TimedCue, TimingResult } from './TimingEdit.ts';

/** `unsure`: the two lists do not agree well enough; null where there are too few cues to tell. */
export type SyncResult = (TimingResult & { match: TimeMatch }) | { kind: 'unsure'; match: TimeMatch | null };

/** Fewer than these agree by no more than their tellers' habits. */
const leastMatched = 0.4;
/** One chance in a thousand million. */
const leastSigmas = 6;
/** Another place that fits nearly as well leaves it open which one is right. */
const mostRival = 0.8;

/**
 * Brings cues in time with a file that is, also of another language: where its cues begin tells the offset and the speed (matchTimes).
 *
 * Refuses where it is not sure: fewer than two in five begin together, as many would by chance, or a second place fits about as well.
 */
export function syncToReference(cues: readonly TimedCue[], reference: readonly { startMs: number }[]): SyncResult {
	const starts = (list: readonly { startMs: number }[]) => list.map(({ startMs }) => startMs);
	const match = matchTimes(starts(cues), starts(reference));
	if (match === null || match.matched < leastMatched || match.sigmas < leastSigmas || match.rival > mostRival) return { kind: 'unsure', match };
	return { ...mapTimes(cues, (ms) => match.offsetMs + match.rate * ms), match };
}
