import { RandomStream } from './trainer/RandomStream.ts';

/** Fewer examples than this are all learnt from: what would be held out could not tell anything. */
const fewestToSplit = 5;

/**
 * Chooses which of so many examples are held out, by their positions in rising order: the fraction of them, at least one, and none at all
 * of fewer than five. The same seed and count choose the same.
 */
export function chooseHeldOut(count: number, fraction: number, seed: number): number[] {
	if (fraction <= 0 || count < fewestToSplit) return [];
	const wanted = Math.min(count - 1, Math.max(1, Math.round(count * fraction)));
	const random = new RandomStream(Math.imul(seed, 0x85ebca6b) ^ count);
	const positions = Array.from({ length: count }, (_, position) => position);
	// Fisher and Yates, as far as it is needed.
	for (let at = 0; at < wanted; at++) {
		const other = at + random.below(count - at);
		// Both are within the list.
		[positions[at], positions[other]] = [positions[other] as number, positions[at] as number];
	}
	return positions.slice(0, wanted).sort((a, b) => a - b);
}
