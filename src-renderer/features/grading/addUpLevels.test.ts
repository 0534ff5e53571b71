import { expect, test } from 'vitest';
import { addUpLevels } from './addUpLevels.ts';
import { question } from './answerOf.test-support.ts';

const { rubric } = question;

test('adds up the chosen levels, and says nothing while one is missing or unknown', () => {
	expect(addUpLevels(rubric, { why: 'half', unit: 'yes' }, 3)).toBe(1.75);
	expect(addUpLevels(rubric, { why: 'half' }, 3)).toBeNull();
	expect(addUpLevels(rubric, { why: 'half', unit: 'gone' }, 3)).toBeNull();
	expect(addUpLevels([], {}, 3)).toBeNull();
});

test('keeps the sum between 0 and the points of the question, exact to the hundredth', () => {
	expect(addUpLevels(rubric, { why: 'full', unit: 'yes' }, 2.5)).toBe(2.5);
	const taken = rubric.map((criterion) => ({ ...criterion, levels: criterion.levels.map((level) => ({ ...level, points: -1 })) }));
	expect(addUpLevels(taken, { why: 'full', unit: 'yes' }, 3)).toBe(0);
	const tenths = rubric.map((criterion) => ({ ...criterion, levels: criterion.levels.map((level, at) => ({ ...level, points: at === 0 ? 0.1 : 0.2 })) }));
	expect(addUpLevels(tenths, { why: 'full', unit: 'no' }, 3)).toBe(0.3);
});
