import { expect, test } from 'vitest';
import { answerOf, gradedOf, markOf, question } from './answerOf.test-support.ts';
import { sharedMark } from './likeMarks.ts';

const plain = { ...question, rubric: [] };

test('those of equal answers that have no mark are offered the one that the others have; a mark of the teacher is never offered another', () => {
	const marked = (row: number, points: number) => answerOf(row, { mark: markOf(points) });
	const shared = sharedMark(plain, [marked(2, 2), marked(3, 2), gradedOf(4, 3)]);
	expect([shared?.worth, shared?.isProposed, shared?.accepted, shared?.others.map(({ id }) => id)]).toEqual([2, false, false, ['a4']]);
	expect(sharedMark(plain, [marked(1, 0), marked(2, 2), marked(3, 2), gradedOf(4, 3)])).toBe(null);
	expect(sharedMark(plain, [marked(1, 2), marked(2, 2)])).toBe(null);
});

test('without a mark they are offered the surest proposal, which stays called a proposal that was taken over', () => {
	const members = [gradedOf(1, 1, { confidence: 0.4 }), gradedOf(2, 2, { confidence: 0.8 }), gradedOf(3, 3, { confidence: 1, isOutdated: true })];
	const shared = sharedMark(plain, members);
	expect([shared?.worth, shared?.isProposed, shared?.accepted, shared?.others.length]).toEqual([2, true, true, 3]);
	expect(sharedMark(plain, [answerOf(1), answerOf(2)])).toBe(null);
});
