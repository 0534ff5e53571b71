import { expect, test } from 'vitest';
import { answerOf, gradedOf, markOf, question } from './answerOf.test-support.ts';
import { trustByMarks } from './trustByMarks.ts';

const whole = { ...question, points: 10, rubric: [] };
const inOrder = (trust: Map<string, number>) => [...trust].sort((a, b) => a[1] - b[1]).map(([id]) => id);

test('follows the confidence where the teacher has marked nothing, and where marks were taken over', () => {
	const accepted = { ...markOf(5), accepted: true };
	const trust = trustByMarks(whole, [gradedOf(1, 5, { confidence: 0.4 }), gradedOf(2, 5, { confidence: 1 }, { mark: accepted }), answerOf(3)]);
	expect([...trust]).toEqual([
		['a1', 0.7],
		['a2', 1],
	]);
});

test('puts proposals first that are like those that the teacher saw otherwise: of equal answers, then of about as many points', () => {
	const marked = [
		gradedOf(1, 10, {}, { text: 'It beats.', mark: markOf(2) }),
		gradedOf(2, 9.5, {}, { text: 'It digests', mark: markOf(0) }),
		gradedOf(3, 2, {}, { text: 'no', mark: markOf(2) }),
	];
	const open = [
		gradedOf(11, 10, {}, { text: 'it beats' }),
		gradedOf(12, 9, {}, { text: 'other' }),
		gradedOf(13, 3, {}, { text: 'none' }),
		gradedOf(14, 2, {}, { text: 'No.' }),
	];
	const trust = trustByMarks(whole, [...marked, ...open]);
	expect(inOrder(trust).filter((id) => id.length === 3)).toEqual(['a11', 'a12', 'a13', 'a14']);
	// Another proposal's confidence decides where the marks say the same.
	const unsure = trustByMarks(whole, [...marked, ...open, gradedOf(15, 9, { confidence: 0.2 }, { text: 'third' })]);
	expect(inOrder(unsure).filter((id) => id.length === 3)).toEqual(['a11', 'a15', 'a12', 'a13', 'a14']);
});

test('never judges a proposal by its own mark', () => {
	const one = gradedOf(1, 10, {}, { mark: markOf(0) });
	expect(trustByMarks(whole, [one])).toEqual(trustByMarks(whole, [{ ...one, mark: null }]));
});

test('goes by each criterion and its levels, which count by their points', () => {
	const verdicts = (why: string, unit: string) => ({
		verdicts: [
			{ criterionId: 'why', levelId: why, quote: null, place: null, reason: '', decidedBy: 'model' as const },
			{ criterionId: 'unit', levelId: unit, quote: null, place: null, reason: '', decidedBy: 'model' as const },
		],
	});
	const marked = [
		gradedOf(1, 3, verdicts('full', 'yes'), { text: '1', mark: markOf(1, { why: 'none', unit: 'yes' }) }),
		gradedOf(2, 2, verdicts('full', 'no'), { text: '2', mark: markOf(0, { why: 'none', unit: 'no' }) }),
		gradedOf(3, 1, verdicts('none', 'yes'), { text: '3', mark: markOf(0, { why: 'none', unit: 'no' }) }),
	];
	const open = [
		gradedOf(11, 0, verdicts('none', 'no'), { text: '4' }),
		gradedOf(12, 1, verdicts('none', 'yes'), { text: '5' }),
		gradedOf(13, 3, verdicts('full', 'yes'), { text: '6' }),
	];
	const trust = trustByMarks(question, [...marked, ...open]);
	expect(inOrder(trust).filter((id) => id.length === 3)).toEqual(['a13', 'a12', 'a11']);
});
