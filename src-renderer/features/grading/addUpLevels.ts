import { addUp } from '#contract/addUp.ts';
import type { Rubric } from '#contract/rubric.ts';

/** What chosen levels come to, for the sum that the desk shows while they are chosen; null while a criterion has none of its levels chosen. */
export function addUpLevels(rubric: Rubric, chosen: Readonly<Record<string, string>>, outOf: number): number | null {
	const isWhole = rubric.length > 0 && rubric.every(({ id, levels }) => levels.some((level) => level.id === chosen[id]));
	if (!isWhole) return null;
	const verdicts = Object.entries(chosen).map(([criterionId, levelId]) => ({ criterionId, levelId }));
	return addUp(rubric, verdicts, outOf);
}
