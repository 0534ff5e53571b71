import { expect, test } from 'vitest';
import { commonMistakes as schema } from '#contract/agreement.ts';
import type { Criterion } from '#contract/rubric.ts';
import { commonMistakes } from './commonMistakes.ts';
import { groupLike } from './groupLike.ts';

const level = (id: string, points: number) => ({ id, name: id, description: '', points });
const criterion = (id: string, kind: Criterion['kind'], ...levels: Criterion['levels']): Criterion => ({
	id,
	kind,
	name: id,
	description: '',
	levels,
	byCheck: false,
});
const rubric = [
	criterion('names', 'levels', level('both', 2), level('one', 1), level('none', 0)),
	criterion('slip', 'mustNotHave', level('has', -1), level('hasNot', 0)),
	criterion('unit', 'mustHave', level('has', 1), level('hasNot', 0)),
];

const verdict = (criterionId: string, levelId: string, quote: string | null = null, inAnswer = quote !== null) => ({
	criterionId,
	levelId,
	quote,
	place: inAnswer ? { start: 0, end: 1 } : null,
});
const answers = [
	{
		id: 'a',
		text: 'Plants eat soil.',
		points: 0,
		verdicts: [verdict('names', 'none', 'eat soil'), verdict('slip', 'has', 'eat soil'), verdict('unit', 'has')],
	},
	{ id: 'b', text: 'plants eat soil', points: 1, verdicts: [verdict('names', 'none', 'Eat soil.'), verdict('slip', 'hasNot'), verdict('unit', 'has')] },
	{ id: 'c', text: 'Light.', points: 2, verdicts: [verdict('names', 'one', 'made up', false), verdict('slip', 'hasNot'), verdict('unit', 'has')] },
	{ id: 'd', text: 'Light and water.', points: 3, verdicts: [verdict('names', 'both', 'Light and water'), verdict('slip', 'hasNot'), verdict('unit', 'has')] },
	{ id: 'e', text: ' ', points: null, verdicts: [] },
	{ id: 'f', text: '', points: 0, verdicts: [] },
	{ id: 'g', text: '', points: 0, verdicts: [] },
];

test('says what was missed most, with each quote once, and never with words that are not in the answer', () => {
	const found = commonMistakes(answers, rubric, [], 3);
	expect(found.criteria).toEqual([
		{ criterionId: 'names', judged: 4, missed: 3, meanLoss: 1.25, examples: [{ answerId: 'a', quote: 'eat soil' }] },
		{ criterionId: 'slip', judged: 4, missed: 1, meanLoss: 0.25, examples: [{ answerId: 'a', quote: 'eat soil' }] },
	]);
	const unquoted = commonMistakes(
		answers.filter(({ id }) => id === 'c'),
		rubric,
		[],
		3,
	);
	expect(unquoted.criteria[0]?.examples).toEqual([{ answerId: 'c', quote: null }]);
	expect(schema.parse(found)).toEqual(found);
});

test('shows the largest groups with few points, and no empty answers', () => {
	const groups = groupLike(answers);
	expect(commonMistakes(answers, rubric, groups, 3).groups).toEqual([
		{ groupId: 'a', count: 2, meanPoints: 0.5, example: { answerId: 'a', text: 'Plants eat soil.' } },
	]);
	expect(commonMistakes(answers, rubric, groups, 0.8).groups).toEqual([]);
});
