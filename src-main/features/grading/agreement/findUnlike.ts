import type { AnswerGroup } from '#contract/agreement.ts';

/** As a fraction of the points: two teachers often differ by as much. */
const usualStep = 0.1;
/** Points are kept to a hundredth; anything closer is the same. */
const same = 0.005;

/**
 * Finds the answers that were proposed to get something else than like ones: those that are off by more than a tenth of the points, where their
 * words are the same by anything, from what most of their group get, or from any other of it where no points are the most common.
 *
 * `proposed` has the points that are proposed; answers without are left aside. `outOf`: the most that can be had.
 */
export function findUnlike(groups: readonly AnswerGroup[], proposed: ReadonlyMap<string, number>, outOf: number): Set<string> {
	return new Set(
		groups.flatMap((group) => {
			const gap = group.same ? 0 : usualStep * outOf;
			const members = group.memberIds.flatMap((id) => {
				const points = proposed.get(id);
				return points === undefined ? [] : [{ id, points }];
			});
			const usual = mostCommon(members.map(({ points }) => points));
			return members.filter(({ points }) => usual.some((other) => Math.abs(points - other) > gap + same)).map(({ id }) => id);
		}),
	);
}

/** The value that comes up more often than any other; all values where none does. */
function mostCommon(values: readonly number[]): number[] {
	const counts = new Map<number, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
	return first && (!second || first[1] > second[1]) ? [first[0]] : [...counts.keys()];
}
