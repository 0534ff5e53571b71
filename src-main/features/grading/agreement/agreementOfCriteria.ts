import type { CriterionAgreement } from '#contract/agreement.ts';
import type { Criterion, Verdict } from '#contract/rubric.ts';
import { agreementOf } from './agreementOf.ts';
import type { BootstrapOptions } from './bootstrapIntervals.ts';

type LevelChoice = Pick<Verdict, 'criterionId' | 'levelId'>;

/** The levels that the teacher and the model chose for one answer. */
export interface JudgedAnswer {
	teacher: readonly LevelChoice[];
	model: readonly LevelChoice[];
}

/**
 * As `agreementOf`, for each criterion over the positions of its levels, from 0 for the one that earns least.
 *
 * An answer counts for a criterion that both judged at a level that the rubric has; after a change of the rubric older choices may not.
 */
export function agreementOfCriteria(criteria: readonly Criterion[], answers: readonly JudgedAnswer[], options: BootstrapOptions = {}): CriterionAgreement[] {
	return criteria.map((criterion) => {
		const positions = levelPositions(criterion);
		const at = (choices: readonly LevelChoice[]) => positions.get(choices.find(({ criterionId }) => criterionId === criterion.id)?.levelId ?? '');
		const pairs = answers.flatMap((answer) => {
			const teacher = at(answer.teacher);
			const model = at(answer.model);
			return teacher === undefined || model === undefined ? [] : [{ teacher, model }];
		});
		return { criterionId: criterion.id, agreement: agreementOf(pairs, { kind: 'levels', count: criterion.levels.length }, options) };
	});
}

/** Each level's place from the one that earns least; of two that earn the same, the later in the rubric is the lower. */
export function levelPositions(criterion: Criterion): Map<string, number> {
	const rising = criterion.levels.toReversed().sort((a, b) => a.points - b.points);
	return new Map(rising.map(({ id }, position) => [id, position]));
}
