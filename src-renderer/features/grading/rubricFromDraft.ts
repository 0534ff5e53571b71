import type { DraftedRubric, Rubric } from '#contract/rubric.ts';
import { type LevelNames, newCriterion } from './newCriterion.ts';
import { sharePoints } from './sharePoints.ts';

/** A rubric out of what a model drafted: its words, in three levels for each criterion, and the points shared out by the weights. */
export function rubricFromDraft({ criteria }: DraftedRubric, points: number, names: LevelNames): Rubric {
	const weights = criteria.map(({ weight }) => weight);
	const shares = sharePoints(points, weights);
	return criteria.map(({ name, description, full, partly, none }, at) => {
		const made = newCriterion('levels', shares[at] ?? 0, names, { name, description, levels: 3 });
		const shown = [full, partly, none];
		return { ...made, levels: made.levels.map((level, place) => ({ ...level, description: shown[place] ?? '' })) };
	});
}
