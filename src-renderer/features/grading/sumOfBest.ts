import type { Rubric } from '#contract/rubric.ts';

/** The most that an answer can get by a rubric: the best level of each criterion added up, to the hundredth; NaN while a level's points are none. */
export function sumOfBest(rubric: Rubric): number {
	const sum = rubric.reduce((points, { levels }) => points + Math.max(...levels.map((level) => level.points)), 0);
	return Math.round(sum * 100) / 100;
}
