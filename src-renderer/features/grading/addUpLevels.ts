import type { Rubric } from '#contract/rubric.ts';

/**
 * What chosen levels come to, for the sum that the desk shows while they are chosen: never under 0 nor over `outOf`, to the hundredth; null
 * while a criterion has none of its levels chosen. The app adds up again what it keeps.
 */
export function addUpLevels(rubric: Rubric, chosen: Readonly<Record<string, string>>, outOf: number): number | null {
	const earned = rubric.map(({ id, levels }) => levels.find((level) => level.id === chosen[id])?.points);
	if (earned.length === 0) return null;
	let sum = 0;
	for (const points of earned) {
		if (points === undefined) return null;
		sum += points;
	}
	return Math.round(Math.min(outOf, Math.max(0, sum)) * 100) / 100;
}
