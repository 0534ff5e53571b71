import { expect, test } from 'vitest';
import { answerOf, gradedOf, markOf } from './answerOf.test-support.ts';
import { arrangeDesk, canTakeOver, countedPointsOf, type DeskFilter, type DeskOrder, deskStatus, isDoubtful, pointsOf } from './arrangeDesk.ts';

const first = { marker: 'first', jobActive: false } as const;
const second = { marker: 'second', jobActive: false } as const;
const failure = { code: 'MODEL_WORKER_CRASHED', message: '', data: {} };

const desk = [
	gradedOf(2, 7),
	answerOf(3, { status: 'failed', failure }),
	gradedOf(4, 2, { confidence: 0.6 }, { mark: markOf(0), secondMark: markOf(1) }),
	answerOf(5),
	gradedOf(10, 9.5, { confidence: 0.3 }),
	gradedOf(11, 5, { isOutdated: true }),
];
const rows = (filter: DeskFilter, order: DeskOrder = 'table', eye: typeof first | typeof second = first) =>
	arrangeDesk(desk, filter, order, eye).map(({ row }) => row);

test('says how each answer stands', () => {
	expect(desk.map((answer) => deskStatus(answer, first))).toEqual(['proposed', 'failed', 'settled', 'notGraded', 'proposed', 'outdated']);
	const active = { marker: 'first', jobActive: true } as const;
	expect(deskStatus(answerOf(1), active)).toBe('queued');
	expect([first, active].map((eye) => deskStatus(answerOf(1, { text: ' \n' }), eye))).toEqual(['noAnswer', 'noAnswer']);
	expect(deskStatus(answerOf(1, { text: '', mark: markOf(0) }), first)).toBe('settled');
	// To be graded again: the earlier proposal is about to go.
	expect(deskStatus({ ...gradedOf(1, 7), status: 'waiting' }, active)).toBe('queued');
	expect(deskStatus(answerOf(1, { status: 'running' }), active)).toBe('grading');
});

test('puts what failed and what is doubtful first, and leaves a settled one where it was', () => {
	expect(rows('all', 'doubt')).toEqual([3, 10, 4, 2, 11, 5]);
});

test('sorts by points with the ungraded last, and a mark of zero as points', () => {
	expect(rows('all', 'points')).toEqual([4, 11, 2, 10, 3, 5]);
});

test('what was proposed of an older question does not count in what is said of all, whatever is marked of it does', () => {
	expect(desk.map((answer) => countedPointsOf(answer, 'first'))).toEqual([7, null, 0, null, 9.5, null]);
	expect(countedPointsOf(gradedOf(1, 5, { isOutdated: true }, { mark: markOf(3) }), 'first')).toBe(3);
	expect(countedPointsOf(gradedOf(1, 5, { isOutdated: true }, { secondMark: markOf(2) }), 'second')).toBe(2);
});

test('shows only what a filter asks for', () => {
	expect(
		Object.fromEntries(
			(['toReview', 'doubtful', 'notGraded', 'settled', 'failed', 'outdated', 'byHand', 'markersDiffer'] as const).map((name) => [name, rows(name)]),
		),
	).toEqual({
		toReview: [2, 10, 11],
		doubtful: [10],
		notGraded: [5],
		settled: [4],
		failed: [3],
		outdated: [11],
		byHand: [4],
		markersDiffer: [4],
	});
});

test('a second marker sees nothing of what the model and the first marker said', () => {
	expect(desk.map((answer) => deskStatus(answer, second))).toEqual(['notGraded', 'notGraded', 'settled', 'notGraded', 'notGraded', 'notGraded']);
	expect(desk.map((answer) => pointsOf(answer, 'second'))).toEqual([null, null, 1, null, null, null]);
	expect(rows('all', 'doubt', second)).toEqual([2, 3, 4, 5, 10, 11]);
	expect([rows('doubtful', 'table', second), rows('markersDiffer', 'table', second)]).toEqual([[], []]);
});

test('a doubt makes a proposal doubtful however sure it is, but not that it was judged as a whole', () => {
	expect(isDoubtful(gradedOf(1, 5, { confidence: 1, doubts: ['talksToMarker'] }))).toBe(true);
	expect(isDoubtful(gradedOf(1, 5, { confidence: 0.7, doubts: ['wholeJudgement'] }))).toBe(false);
	expect(isDoubtful(answerOf(1))).toBe(false);
});

test('a mark that was taken over from a proposal which is outdated or says something else now is shown as that, and can be taken over anew', () => {
	const accepted = { ...markOf(0), accepted: true };
	const verdict = { criterionId: 'why', levelId: 'half', quote: null, place: null, reason: '', decidedBy: 'model' as const };
	const marked = [
		gradedOf(1, 0, {}, { mark: accepted }),
		gradedOf(2, 0.5, {}, { mark: accepted }),
		gradedOf(3, 0, { isOutdated: true }, { mark: accepted }),
		gradedOf(4, 0, { verdicts: [verdict] }, { mark: accepted }),
		// One's own, whatever is proposed.
		gradedOf(5, 0.5, { isOutdated: true }, { mark: markOf(0) }),
	];
	expect(marked.map((answer) => deskStatus(answer, first))).toEqual(['settled', 'overtaken', 'overtaken', 'overtaken', 'settled']);
	expect(arrangeDesk(marked, 'overtaken', 'table', first).map(({ row }) => row)).toEqual([2, 3, 4]);
	expect(arrangeDesk(marked, 'settled', 'table', first)).toHaveLength(5);
	expect(marked.filter(canTakeOver).map(({ row }) => row)).toEqual([2, 4]);
	expect(arrangeDesk(marked, 'overtaken', 'table', second)).toEqual([]);
});
