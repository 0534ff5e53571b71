import { and, asc, count, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { Assignment, AssignmentFields, Submission } from '#contract/grading.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { owned, ownedIn } from '../../platform/database/owned.ts';
import { assignment, mark, proposal, submission } from './schema.ts';

export type AssignmentRow = typeof assignment.$inferSelect;
export type SubmissionRow = typeof submission.$inferSelect;

/** Reads an assignment of this owner that is not hidden, or with `hidden` one that may be; another's is NOT_FOUND like one that is not. */
export function readAssignment(store: Store, ownerId: string, assignmentId: string, hidden = false): AssignmentRow {
	const row = store
		.select()
		.from(assignment)
		.where(ofAssignment(ownerId, assignmentId, hidden ? undefined : isNull(assignment.deletedAt)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'assignment' });
	return row;
}

/** The condition for the row of an assignment of this owner. */
export function ofAssignment(ownerId: string, assignmentId: string, condition?: SQL): SQL {
	return owned(assignment, ownerId, eq(assignment.id, assignmentId), condition);
}

/** The condition for the submissions to an assignment of this owner. */
export function ofSubmissions(ownerId: string, assignmentId: string, ...conditions: (SQL | undefined)[]): SQL {
	return ownedIn(submission.assignmentId, assignment, ownerId, assignmentId, ...conditions);
}

/** What a model must know of an assignment to grade by it. */
export function fieldsOf({ title, subject, question, key, gradeLevel, feedbackLanguage }: AssignmentRow): AssignmentFields {
	return { title, subject, question, key, gradeLevel, feedbackLanguage };
}

/** There is more than white space, as SQL: tab, line ends, space, no-break and ideographic space. */
const hasAnswer = sql`trim(${submission.answer}, char(9, 10, 13, 32, 160, 12288)) <> ''`;

/** The answers of a class of this owner that are to be graded: those not graded yet, or with `again` every one. */
export function toGrade(ownerId: string, assignmentId: string, again: boolean): SQL {
	return ofSubmissions(ownerId, assignmentId, hasAnswer, again ? undefined : ne(submission.status, 'graded'));
}

/** Reads them in the order of the table. */
export function readSubjects(store: Store, ownerId: string, assignmentId: string, again: boolean): { id: string; answer: string }[] {
	const where = toGrade(ownerId, assignmentId, again);
	return store.select({ id: submission.id, answer: submission.answer }).from(submission).where(where).orderBy(asc(submission.row)).all();
}

export function countSubmissions(store: Store, ownerId: string, assignmentId: string): Assignment['counts'] {
	const ofStatus = (status: Submission['status']) => sql<number>`count(*) filter (where ${submission.status} = ${status})`;
	const counts = store
		.select({
			submissions: count(),
			unanswered: sql<number>`count(*) filter (where not ${hasAnswer})`,
			graded: ofStatus('graded'),
			failed: ofStatus('failed'),
			marked: count(mark.submissionId),
		})
		.from(submission)
		.leftJoin(mark, eq(mark.submissionId, submission.id))
		.where(ofSubmissions(ownerId, assignmentId))
		.get();
	return counts ?? { submissions: 0, unanswered: 0, graded: 0, failed: 0, marked: 0 };
}

/** A submission as the teacher sees it, with the cells it came with. */
export interface FullSubmission {
	shown: Submission;
	cells: string[];
}

/**
 * Reads the submissions of an assignment of this owner in the order of the table, or of them those with one of `ids`.
 *
 * A proposal counts only while its submission is graded: where the last try failed there is none, whatever came of an earlier one.
 */
export function readSubmissions(store: Store, ownerId: string, assignmentId: string, ids?: readonly string[]): FullSubmission[] {
	return select(store, ofSubmissions(ownerId, assignmentId, ids && inArray(submission.id, [...ids])));
}

/** Reads a submission in an assignment of this owner that is not hidden. */
export function readSubmission(store: Store, ownerId: string, submissionId: string): Submission & { assignmentId: string } {
	const row = store
		.select({ assignmentId: submission.assignmentId })
		.from(submission)
		.innerJoin(assignment, eq(assignment.id, submission.assignmentId))
		.where(owned(assignment, ownerId, eq(submission.id, submissionId), isNull(assignment.deletedAt)))
		.get();
	const found = row && readSubmissions(store, ownerId, row.assignmentId, [submissionId])[0];
	if (!found) throw failure('NOT_FOUND', { what: 'submission' });
	return { ...found.shown, assignmentId: row.assignmentId };
}

function select(store: Store, where: SQL): FullSubmission[] {
	const newest = sql`(select max(p.rowid) from ${proposal} p where p.submission_id = ${submission.id})`;
	const rows = store
		.select({ submission, proposal, mark })
		.from(submission)
		.leftJoin(proposal, and(eq(proposal.submissionId, submission.id), eq(submission.status, 'graded'), sql`${proposal}.rowid = ${newest}`))
		.leftJoin(mark, eq(mark.submissionId, submission.id))
		.where(where)
		.orderBy(asc(submission.row))
		.all();
	return rows.map(({ submission: { cells, assignmentId: _assignmentId, ...row }, proposal: proposed, mark: settled }) => ({
		cells,
		shown: {
			...row,
			proposal: proposed && withoutIds(proposed),
			mark: settled && { score: settled.score, feedback: settled.feedback, updatedAt: settled.updatedAt },
		},
	}));
}

function withoutIds({ id: _id, submissionId: _submissionId, ...shown }: typeof proposal.$inferSelect) {
	return shown;
}
