import type { Rubric, Verdict } from './rubric.ts';

/** What verdicts come to by a rubric: the points of the levels added up, never under 0 nor over `outOf`; to the hundredth. */
export function addUp(rubric: Rubric, verdicts: readonly Pick<Verdict, 'criterionId' | 'levelId'>[], outOf: number): number {
	const sum = rubric.reduce((points, { id, levels }) => {
		const chosen = verdicts.find(({ criterionId }) => criterionId === id)?.levelId;
		return points + (levels.find((level) => level.id === chosen)?.points ?? 0);
	}, 0);
	return toHundredths(Math.min(outOf, Math.max(0, sum)));
}

/** The points that a score of 0 to 100 comes to. */
export function pointsOfScore(score: number, outOf: number): number {
	return toHundredths((score * outOf) / 100);
}

/** The score of 0 to 100, a whole number, that points come to. */
export function scoreOfPoints(points: number, outOf: number): number {
	return Math.round(Math.min(1, Math.max(0, points / outOf)) * 100);
}

function toHundredths(points: number): number {
	return Math.round(points * 100) / 100;
}
