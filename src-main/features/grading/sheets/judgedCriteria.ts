import type { SheetAnswer, SheetQuestion, SheetVerdict } from './GradedClass.ts';

/** The criteria of a question that an answer was given a level for, in their order. */
export function judgedCriteria(question: SheetQuestion, { verdicts }: Pick<SheetAnswer, 'verdicts'>): (SheetVerdict & { name: string })[] {
	return question.criteria.flatMap(({ id, name }) => {
		const verdict = verdicts.find(({ criterionId }) => criterionId === id);
		return verdict ? [{ name, ...verdict }] : [];
	});
}
