import { expect, test } from 'vitest';
import type { Criterion } from '#contract/rubric.ts';
import { missingInRubric } from './missingInRubric.ts';

const level = (name: string, points: number) => ({ id: name, name, description: '', points });
const whole: Criterion = { id: 'a', kind: 'levels', name: 'Cause', description: '', levels: [level('All', 2), level('None', 0)], byCheck: false };

test.each([
	['nothing', [whole], null],
	['no rubric at all', [], null],
	['the name of a criterion', [whole, { ...whole, name: ' ' }], { criterion: { place: 2, name: '' }, level: null, lacks: 'name' }],
	[
		'the name of a level',
		[{ ...whole, levels: [level('All', 2), level('', 1), level('', 0)] }],
		{ criterion: { place: 1, name: 'Cause' }, level: 2, lacks: 'name' },
	],
	[
		'the points of a level',
		[{ ...whole, levels: [level('All', Number.NaN), level('None', 0)] }],
		{ criterion: { place: 1, name: 'Cause' }, level: 1, lacks: 'points' },
	],
	[
		'what a must-have earns, which has one field for it',
		[whole, { ...whole, kind: 'mustHave' as const, name: 'Light', levels: [level('There', Number.NaN), level('Not there', 0)] }],
		{ criterion: { place: 2, name: 'Light' }, level: null, lacks: 'points' },
	],
])('says which criterion of a rubric lacks what: %s', (_, rubric, gap) => {
	expect(missingInRubric(rubric)).toEqual(gap);
});
