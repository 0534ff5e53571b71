import type { ReadCue } from './readCues.ts';

/** Cues belong together that are seen together for at least this share of the shorter one's time. */
const leastOverlap = 0.5;
/** Of cues that lie over one another, so many are compared with one of the other file. */
const mostCompared = 40;

export interface PairedCues {
	pairs: { source: ReadCue; target: ReadCue }[];
	/** Cues of either file that none of the other belongs to. */
	alone: { side: 'source' | 'target'; cue: ReadCue }[];
}

/**
 * Finds for each cue the one of the other language that is seen at the same time; of several, the one of the same number, then the one that
 * is seen longest with it. A cue is in one pair at most, and what was split or joined in the translation stays alone.
 */
export function pairCues(source: readonly ReadCue[], target: readonly ReadCue[]): PairedCues {
	const [sources, targets] = [inTime(source), inTime(target)];
	const bestTarget = bestOf(sources, targets);
	const bestSource = bestOf(targets, sources);
	const pairs = sources.flatMap((cue) => {
		const match = bestTarget.get(cue);
		return match && bestSource.get(match) === cue ? [{ source: cue, target: match }] : [];
	});
	const paired = new Set(pairs.flatMap((pair) => [pair.source, pair.target]));
	const alone = (side: 'source' | 'target', cues: readonly ReadCue[]) => cues.filter((cue) => !paired.has(cue)).map((cue) => ({ side, cue }));
	return { pairs, alone: [...alone('source', sources), ...alone('target', targets)] };
}

function bestOf(cues: readonly ReadCue[], others: readonly ReadCue[]): Map<ReadCue, ReadCue> {
	const best = new Map<ReadCue, ReadCue>();
	let first = 0;
	for (const cue of cues) {
		// In time, what ended before this cue began is over for all later ones, too.
		while ((others[first]?.endMs ?? Number.POSITIVE_INFINITY) <= cue.startMs) first++;
		const match = others
			.slice(first, first + mostCompared)
			.map((other) => ({ other, share: overlap(cue, other), isSame: other.number === cue.number }))
			.filter(({ share }) => share >= leastOverlap)
			.sort((a, b) => Number(b.isSame) - Number(a.isSame) || b.share - a.share)[0];
		if (match) best.set(cue, match.other);
	}
	return best;
}

/** The time in which both are seen, as a share of the shorter one's, 0..1. */
function overlap(a: ReadCue, b: ReadCue): number {
	const together = Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);
	return together <= 0 ? 0 : together / Math.min(a.endMs - a.startMs, b.endMs - b.startMs);
}

function inTime(cues: readonly ReadCue[]): ReadCue[] {
	return cues.filter(({ startMs, endMs }) => endMs > startMs).sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}
