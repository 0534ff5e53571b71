import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Assignment } from '#contract/grading.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { type AnswerChoice, hasText, newestBasis, ofChosen, ofClassFor } from './gradingRows.ts';
import { answer, assignment, mark, question } from './schema.ts';

/** What an answer counts as, as SQL; its question is joined. */
const standing = {
	unanswered: sql<number>`not ${hasText}`,
	graded: sql<number>`${answer.status} = 'graded'`,
	outdated: sql<number>`${answer.status} = 'graded' and coalesce(${newestBasis} <> ${question.basis}, 0)`,
	failed: sql<number>`${answer.status} = 'failed'`,
	marked: sql<number>`(select m.points from ${mark} m where m.answer_id = ${answer.id} and m.rowid = (select max(n.rowid) from ${mark} n where n.answer_id = ${answer.id} and n.addition_id is ${answer.additionId} and n.marker = 'first')) is not null`,
};

/** What an answer counts as: each is 1 or 0. */
export type AnswerStanding = Record<'id' | 'submissionId', string> & Record<keyof typeof standing, number>;

/** Reads what the answers of a class count as, or some of them. */
export function readStandings(store: Store, ownerId: string, assignmentId: string, choice?: AnswerChoice): AnswerStanding[] {
	return store
		.select({ id: answer.id, submissionId: answer.submissionId, ...standing })
		.from(answer)
		.innerJoin(question, eq(question.id, answer.questionId))
		.where(and(ofChosen(ownerId, assignmentId, choice), ofClassFor(choice, question.assignmentId, ownerId, assignmentId)))
		.all();
}

/** Counts the answers of these classes of an owner, by their ids, in one statement. */
export function countAnswers(store: Store, ownerId: string, assignmentIds: readonly string[]): Map<string, Assignment['counts']> {
	const those = (condition: SQL) => sql<number>`count(*) filter (where ${condition})`;
	const { unanswered, graded, outdated, failed, marked } = standing;
	const rows = store
		.select({
			id: assignment.id,
			students: sql<number>`count(distinct ${answer.submissionId})`,
			answers: sql<number>`count(*)`,
			unanswered: those(unanswered),
			graded: those(graded),
			outdated: those(outdated),
			failed: those(failed),
			marked: those(marked),
		})
		.from(answer)
		.innerJoin(assignment, eq(assignment.id, answer.assignmentId))
		.innerJoin(question, and(eq(question.id, answer.questionId), eq(question.assignmentId, assignment.id)))
		.where(owned(assignment, ownerId, inArray(assignment.id, [...assignmentIds])))
		.groupBy(assignment.id)
		.all();
	return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}
