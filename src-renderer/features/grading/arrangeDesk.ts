import type { Submission } from '#contract/grading.ts';
import { scoreOf } from './scoreStatistics.ts';

/** How a submission stands, for the teacher: `settled` has a mark, `proposed` waits for one, `noAnswer` holds nothing to grade. */
export type DeskStatus = 'noAnswer' | 'notGraded' | 'queued' | 'grading' | 'proposed' | 'settled' | 'failed';

export type DeskFilter = 'all' | 'toReview' | 'settled' | 'notGraded' | 'failed';
export type DeskColumn = 'row' | 'student' | 'score' | 'status';
export interface DeskOrder {
	column: DeskColumn;
	descending: boolean;
}

/** Says how a submission stands. `jobActive`: a job of this assignment is queued or running, so what waits is in its queue. */
export function deskStatus(submission: Submission, jobActive: boolean): DeskStatus {
	if (submission.status === 'running' && jobActive) return 'grading';
	if (submission.mark) return 'settled';
	if (submission.answer.trim() === '') return 'noAnswer';
	if (submission.status === 'failed') return 'failed';
	if (submission.status === 'waiting' && jobActive) return 'queued';
	return submission.proposal ? 'proposed' : 'notGraded';
}

/** Tells whether a submission is among those that a filter shows. */
export function passesFilter(filter: DeskFilter, status: DeskStatus): boolean {
	switch (filter) {
		case 'all':
			return true;
		case 'toReview':
			return status === 'proposed';
		case 'notGraded':
			return status === 'notGraded' || status === 'noAnswer' || status === 'queued' || status === 'grading';
		case 'settled':
		case 'failed':
			return status === filter;
		default:
			return filter satisfies never;
	}
}

/**
 * Chooses and sorts the submissions that the desk shows. Equal ones stay in the order of the file; what has no score comes
 * last by score, whichever way it is sorted.
 */
export function arrangeDesk(submissions: readonly Submission[], filter: DeskFilter, order: DeskOrder, jobActive: boolean): Submission[] {
	const sign = order.descending ? -1 : 1;
	return submissions
		.filter((submission) => passesFilter(filter, deskStatus(submission, jobActive)))
		.sort((a, b) => compare(a, b, order.column, sign, jobActive) || a.row - b.row);
}

const statusOrder: Record<DeskStatus, number> = { failed: 0, proposed: 1, grading: 2, queued: 3, notGraded: 4, noAnswer: 5, settled: 6 };
const names = new Intl.Collator(undefined, { numeric: true });

function compare(a: Submission, b: Submission, column: DeskColumn, sign: 1 | -1, jobActive: boolean): number {
	switch (column) {
		case 'row':
			return sign * (a.row - b.row);
		case 'student':
			return sign * names.compare(a.studentName || a.studentId, b.studentName || b.studentId);
		case 'status':
			return sign * (statusOrder[deskStatus(a, jobActive)] - statusOrder[deskStatus(b, jobActive)]);
		case 'score':
			return compareScores(scoreOf(a), scoreOf(b), sign);
		default:
			return column satisfies never;
	}
}

function compareScores(a: number | null, b: number | null, sign: 1 | -1): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	return sign * (a - b);
}
