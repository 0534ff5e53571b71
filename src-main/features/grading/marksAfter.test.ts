import { expect, test } from 'vitest';
import { stageOfTests } from './gradingTests.test-support.ts';
import { exampleFields, exampleQuestion, mappingOf } from './openGradingStage.test-support.ts';

const stage = stageOfTests(1);

test('tells before what becomes of marks, changes them as told, keeps what was given, and brings them back exactly', async () => {
	const { grading } = stage();
	const input = { text: 'id,answer\n1,A\n2,B\n3,C\n4,D' };
	const { id, questions } = await grading.create('ann', exampleFields, [{ ...exampleQuestion, points: 4.5 }], { input }, mappingOf(['answer']));
	const questionId = questions[0]?.id ?? '';
	const answers = grading.answers('ann', id);
	for (const [at, points] of [4, 3, 4, 0].entries())
		grading.marks.set('ann', answers[at]?.id ?? '', { marker: 'first', points, levels: {}, feedback: 'As I see it.' });
	const marks = () => grading.answers('ann', id).map(({ mark }) => mark?.points);

	expect(grading.marksAfter('ann', id, questionId, { points: 2 })).toEqual([
		{ points: 4, becomes: 1.78, marks: 2 },
		{ points: 3, becomes: 1.33, marks: 1 },
	]);
	expect(grading.marksAfter('ann', id, questionId, { text: 'Other words?' })).toEqual([]);
	expect(marks()).toEqual([4, 3, 4, 0]);

	await grading.changeQuestion('ann', id, questionId, { points: 2 });
	expect(marks()).toEqual([1.78, 1.33, 1.78, 0]);
	// Other words leave the points, and with them what they follow from.
	grading.marks.set('ann', answers[1]?.id ?? '', { marker: 'first', points: 1.33, levels: {}, feedback: 'Once more.' });
	grading.marks.set('ann', answers[2]?.id ?? '', { marker: 'first', points: 2, levels: {} });
	await grading.changeQuestion('ann', id, questionId, { points: 4.5 });
	expect(marks()).toEqual([4, 3, 4.5, 0]);

	const past = grading.history('ann', answers[0]?.id ?? '').marks;
	expect(past.map(({ points, outOf, given }) => ({ points, outOf, given }))).toMatchObject([
		{ points: 4, outOf: 4.5 },
		{ points: 1.78, outOf: 2, given: { points: 4, outOf: 4.5 } },
		{ points: 4, outOf: 4.5 },
	]);
	expect(() => grading.marksAfter('bob', id, questionId, { points: 2 })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});
