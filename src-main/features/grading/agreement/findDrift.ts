import type { AnswerGroup, Drift } from '#contract/agreement.ts';

/** Points are kept to a hundredth; anything closer is the same. */
const same = 0.005;

/**
 * Finds like answers that were given different points, the widest apart first ("answers like this got 3, this one 5").
 *
 * `settled` has the points that a person settled on; answers without are left aside. Of several answers with the lowest or highest points the one that
 * comes first in its group is named. `leastGap`, in points, is from where on a difference is told; any at all unless given.
 */
export function findDrift(groups: readonly AnswerGroup[], settled: ReadonlyMap<string, number>, leastGap = 0): Drift[] {
	const found = groups.flatMap((group) => {
		const answers = group.memberIds.flatMap((id) => {
			const points = settled.get(id);
			return points === undefined ? [] : [{ id, points }];
		});
		const low = answers.reduce((best, answer) => (answer.points < best.points ? answer : best), answers[0] ?? { id: '', points: 0 });
		const high = answers.reduce((best, answer) => (answer.points > best.points ? answer : best), answers[0] ?? { id: '', points: 0 });
		const gap = high.points - low.points;
		return gap < same || gap < leastGap - same ? [] : [{ drift: { groupId: group.id, low, high }, gap, same: group.same, size: answers.length }];
	});
	// Of two with the same gap, the one between answers of equal words is the worse.
	return found.sort((a, b) => b.gap - a.gap || Number(b.same) - Number(a.same) || b.size - a.size).map(({ drift }) => drift);
}
