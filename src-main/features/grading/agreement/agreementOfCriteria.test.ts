import { expect, test } from 'vitest';
import type { Criterion } from '#contract/rubric.ts';
import { agreementOfCriteria, levelPositions } from './agreementOfCriteria.ts';

const level = (id: string, points: number) => ({ id, name: id, description: '', points });
const criterion = (id: string, kind: Criterion['kind'], ...levels: Criterion['levels']): Criterion => ({
	id,
	kind,
	name: id,
	description: '',
	levels,
	byCheck: false,
});
const reason = criterion('reason', 'levels', level('full', 2), level('part', 1), level('no', 0));
const slip = criterion('slip', 'mustNotHave', level('has', -1), level('hasNot', 0));

test('ranks levels by what they earn, so that "must not have" is the right way round', () => {
	expect([...levelPositions(reason)]).toEqual([
		['no', 0],
		['part', 1],
		['full', 2],
	]);
	expect([...levelPositions(slip)]).toEqual([
		['has', 0],
		['hasNot', 1],
	]);
});

test('compares criterion by criterion, and leaves out what only one of them judged', () => {
	const choice = (criterionId: string, levelId: string) => ({ criterionId, levelId });
	const answers = [
		{ teacher: [choice('reason', 'full'), choice('slip', 'hasNot')], model: [choice('reason', 'full'), choice('slip', 'has')] },
		{ teacher: [choice('reason', 'no')], model: [choice('reason', 'part')] },
		{ teacher: [choice('reason', 'gone')], model: [choice('reason', 'full')] },
	];
	expect(
		agreementOfCriteria([reason, slip], answers).map(({ criterionId, agreement }) => [
			criterionId,
			agreement.count,
			agreement.exact.value,
			agreement.bias.value,
		]),
	).toEqual([
		['reason', 2, 0.5, 0.5],
		['slip', 1, 0, -1],
	]);
});
