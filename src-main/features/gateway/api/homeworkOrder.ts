import type { HomeworkIn } from '#contract/apiHomework.ts';
import type { AnswerCheck, Criterion, Rubric } from '#contract/rubric.ts';
import type { SettledGrade, SingleGradeOrder } from '../../grading/grading.ts';

/** The answer as a whole is worth this where there is no rubric, so that its points are its score. */
const wholePoints = 100;

/** What is asked of the grading, from what a program sent. */
export function homeworkOrder(
	{ subject, question, key, answer, grade_level, feedback_language, rubric, check }: HomeworkIn,
	modelId: string,
): SingleGradeOrder {
	const criteria = (rubric ?? []).map(toCriterion);
	return {
		...{ subject, question, key, answer, modelId, gradeLevel: grade_level, feedbackLanguage: feedback_language, adapter: null },
		...{ rubric: criteria, check: toCheck(check), points: criteria.length === 0 ? wholePoints : mostPoints(criteria) },
	};
}

/** A proposal as a program is told it. */
export function shownGrade({ score, points, outOf, verdicts, decidedBy, feedback, suggestions, confidence, doubts }: SettledGrade, rubric: Rubric) {
	const criteria = verdicts.map(({ criterionId, levelId, quote, place, reason, decidedBy: by }) => {
		const criterion = rubric.find(({ id }) => id === criterionId);
		const level = criterion?.levels.find(({ id }) => id === levelId);
		if (!criterion || !level) throw new Error(`the proposal is of another rubric: ${criterionId} ${levelId}`);
		return { name: criterion.name, level: level.name, points: level.points, quote, is_quote_found: place !== null, reason, decided_by: by };
	});
	return { score, points, out_of: outOf, criteria, decided_by: decidedBy, feedback, suggestions, confidence, doubts };
}

function toCriterion({ kind, by_check: byCheck, levels, ...told }: NonNullable<HomeworkIn['rubric']>[number], at: number): Criterion {
	const kinds = { levels: 'levels', must_have: 'mustHave', must_not_have: 'mustNotHave' } as const;
	return { ...told, id: `c${at + 1}`, kind: kinds[kind], byCheck, levels: levels.map((level, place) => ({ ...level, id: `l${place + 1}` })) };
}

function toCheck(check: HomeworkIn['check']): AnswerCheck {
	if (!check) return { kind: 'none' };
	if (check.kind !== 'number') return check;
	const { unit_needed: unitNeeded, significant_figures: significantFigures, ...rest } = check;
	return { ...rest, unitNeeded, significantFigures };
}

/** What the best levels come to. */
function mostPoints(rubric: Rubric): number {
	return rubric.reduce((sum, { levels }) => sum + Math.max(0, ...levels.map(({ points }) => points)), 0);
}
