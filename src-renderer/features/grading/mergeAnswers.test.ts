import { expect, test } from 'vitest';
import { answerOf } from './answerOf.test-support.ts';
import { mergeAnswers } from './mergeAnswers.ts';

test('the last change of an answer counts and the others stay the same objects', () => {
	const a = answerOf(1);
	const merged = mergeAnswers([a, answerOf(2)], [answerOf(2, { status: 'running' }), answerOf(2, { status: 'graded' }), answerOf(9)]);
	expect(merged.map(({ id, status }) => [id, status])).toEqual([
		['a1', 'waiting'],
		['a2', 'graded'],
	]);
	expect(merged[0]).toBe(a);
});
