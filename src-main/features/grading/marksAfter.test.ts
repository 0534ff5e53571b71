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

test('marks by levels become what was told before, keep their levels, and are all back with the rubric of before', async () => {
	const { grading } = stage();
	const level = (id: string, points: number) => ({ id, name: id, description: '', points });
	const criterion = (id: string, most: number) => {
		return { id, kind: 'levels' as const, name: id, description: '', byCheck: false, levels: [level('full', most), level('half', 1.25), level('none', 0)] };
	};
	const of = (points: number, light: number) => ({ points, rubric: [criterion('light', light), criterion('products', 2.5)] });
	const input = { text: 'id,answer\n1,A\n2,B\n3,C' };
	const { id, questions } = await grading.create('ann', exampleFields, [{ ...exampleQuestion, ...of(5, 2.5) }], { input }, mappingOf(['answer']));
	const questionId = questions[0]?.id ?? '';
	const chosen = [
		{ light: 'full', products: 'half' },
		{ light: 'half', products: 'half' },
	];
	for (const [at, levels] of chosen.entries()) grading.marks.set('ann', grading.answers('ann', id)[at]?.id ?? '', { marker: 'first', points: null, levels });
	grading.marks.set('ann', grading.answers('ann', id)[2]?.id ?? '', { marker: 'first', points: 3, levels: {} });
	const marks = () => grading.answers('ann', id).map(({ mark }) => [mark?.points, mark?.levels]);
	const before = marks();

	expect(grading.marksAfter('ann', id, questionId, of(6, 3.5))).toEqual([
		{ points: 3.75, becomes: 4.75, marks: 1 },
		{ points: 3, becomes: 3.6, marks: 1 },
	]);
	await grading.changeQuestion('ann', id, questionId, of(6, 3.5));
	expect(marks()).toEqual([
		[4.75, chosen[0]],
		[2.5, chosen[1]],
		[3.6, {}],
	]);
	await grading.changeQuestion('ann', id, questionId, of(5, 2.5));
	expect(marks()).toEqual(before);
	// Without the level that one of them chose, the other criterion's stays.
	const { rubric } = of(5, 2.5);
	const lacking = rubric.map((each) => (each.id === 'light' ? { ...each, levels: each.levels.slice(1) } : each));
	await grading.changeQuestion('ann', id, questionId, { rubric: lacking });
	expect(marks()).toEqual([[3.75, { products: 'half' }], ...before.slice(1)]);
	await grading.changeQuestion('ann', id, questionId, { rubric });
	expect(marks()).toEqual(before);
});
