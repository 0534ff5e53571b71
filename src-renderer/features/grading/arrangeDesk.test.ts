import { expect, test } from 'vitest';
import type { Submission } from '#contract/grading.ts';
import { arrangeDesk, deskStatus } from './arrangeDesk.ts';

function submission(row: number, change: Partial<Submission> = {}): Submission {
	return { id: `s${row}`, row, studentId: `${row}`, studentName: '', answer: 'a', status: 'waiting', proposal: null, mark: null, failure: null, ...change };
}
const proposal = (score: number) => ({ score, feedback: '', suggestions: [], modelName: 'm', tokens: 1, charged: null, createdAt: 1 });
const mark = (score: number) => ({ score, feedback: '', updatedAt: 1 });
const failure = { code: 'MODEL_WORKER_CRASHED', message: '', data: {} };

const desk = [
	submission(2, { status: 'graded', proposal: proposal(70) }),
	submission(3, { status: 'failed', failure }),
	submission(4, { status: 'graded', proposal: proposal(20), mark: mark(0) }),
	submission(5),
	submission(10, { status: 'graded', proposal: proposal(95) }),
];
const rows = (...args: [Parameters<typeof arrangeDesk>[1], Parameters<typeof arrangeDesk>[2]]) => arrangeDesk(desk, ...args, false).map((entry) => entry.row);

test('says how each submission stands', () => {
	expect(desk.map((entry) => deskStatus(entry, false))).toEqual(['proposed', 'failed', 'settled', 'notGraded', 'proposed']);
	expect(deskStatus(submission(1), true)).toBe('queued');
	expect([false, true].map((jobActive) => deskStatus(submission(1, { answer: ' \n' }), jobActive))).toEqual(['noAnswer', 'noAnswer']);
	expect(deskStatus(submission(1, { answer: '', mark: mark(0) }), false)).toBe('settled');
	// To be graded again: the earlier proposal is about to go.
	expect(deskStatus(submission(1, { proposal: proposal(70) }), true)).toBe('queued');
	expect(deskStatus(submission(1, { status: 'running' }), true)).toBe('grading');
});

test('sorts by score with the ungraded last both ways, and a mark of zero as a score', () => {
	expect(rows('all', { column: 'score', descending: false })).toEqual([4, 2, 10, 3, 5]);
	expect(rows('all', { column: 'score', descending: true })).toEqual([10, 2, 4, 3, 5]);
});

test('shows only what a filter asks for, students in the order of their numbers', () => {
	expect(rows('toReview', { column: 'student', descending: false })).toEqual([2, 10]);
	expect(rows('failed', { column: 'row', descending: false })).toEqual([3]);
	expect(rows('notGraded', { column: 'row', descending: false })).toEqual([5]);
});
