import { and, eq, isNull, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Db } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { reachedById } from '../../platform/search/reachedById.ts';
import type { TextSource } from '../../platform/search/TextSource.ts';
import { answer, assignment, question, schoolClass, submission } from './schema.ts';

/**
 * What of the gradings can be found: titles with subject and class, students, questions with their keys, and answers under the name of who
 * wrote them. Where names are hidden while grading, no answer is found by one: a student leads to the class alone.
 */
export function gradingTexts(db: Db): (TextSource & { kind: 'assignment' | 'student' | 'question' | 'answer' })[] {
	/** The rows with these ids, of an owner or everybody's, in assignments that are not hidden. */
	const those = (id: SQLiteColumn, ids: readonly string[], ownerId: string | null) => {
		const shown = and(isNull(assignment.deletedAt), sql`${id} in (select value from json_each(${JSON.stringify(ids)}))`);
		return and(reachedById(ownerId === null ? everyOwner(assignment) : owned(assignment, ownerId)), shown);
	};
	const heading = assignment.title;
	const placeId = assignment.id;
	return [
		{
			kind: 'assignment',
			table: 'assignment',
			columns: ['title', 'subject', 'grade_level', 'class_id', 'deleted_at'],
			alsoAfter: [{ table: 'class', columns: ['name'], ids: 'select id from assignment where class_id = new.id' }],
			read(ids, ownerId) {
				// A class is reached through its owner's assignment.
				const className = sql`(select ${schoolClass.name} from ${schoolClass} where ${schoolClass.id} = ${assignment.classId} and ${everyOwner(schoolClass)})`;
				const text = sql<string>`concat_ws(' · ', ${assignment.title}, nullif(${assignment.subject}, ''), nullif(${assignment.gradeLevel}, ''), nullif(${className}, ''))`;
				return db
					.select({ id: assignment.id, ownerId: assignment.ownerId, placeId, heading: sql<string>`''`, text })
					.from(assignment)
					.where(those(assignment.id, ids, ownerId))
					.all();
			},
		},
		{
			kind: 'student',
			table: 'submission',
			columns: ['student_name', 'student_id'],
			alsoAfter: [{ table: 'assignment', columns: ['deleted_at'], ids: 'select id from submission where assignment_id = new.id' }],
			read(ids, ownerId) {
				const { id, studentId, studentName } = submission;
				const text = sql<string>`concat_ws(' · ', nullif(${studentName}, ''), nullif(nullif(${studentId}, ''), ${studentName}))`;
				return db
					.select({ id, ownerId: assignment.ownerId, placeId, partId: firstAnswer(), heading, text })
					.from(submission)
					.innerJoin(assignment, eq(assignment.id, submission.assignmentId))
					.where(those(id, ids, ownerId))
					.all()
					.map(({ partId, ...student }) => (partId === null ? student : { ...student, partId }));
			},
		},
		{
			kind: 'question',
			table: 'question',
			columns: ['name', 'text', 'key'],
			alsoAfter: [{ table: 'assignment', columns: ['deleted_at'], ids: 'select id from question where assignment_id = new.id' }],
			read(ids, ownerId) {
				const text = sql<string>`concat_ws(' · ', nullif(${question.name}, ''), nullif(${question.text}, ''), nullif(${question.key}, ''))`;
				return db
					.select({ id: question.id, ownerId: assignment.ownerId, placeId, heading, text })
					.from(question)
					.innerJoin(assignment, eq(assignment.id, question.assignmentId))
					.where(those(question.id, ids, ownerId))
					.all();
			},
		},
		{
			kind: 'answer',
			table: 'answer',
			columns: ['text'],
			alsoAfter: [
				{ table: 'assignment', columns: ['deleted_at', 'blind'], ids: 'select id from answer where assignment_id = new.id' },
				{ table: 'submission', columns: ['student_name'], ids: 'select id from answer where submission_id = new.id' },
			],
			read(ids, ownerId) {
				const name = sql`case when ${assignment.blind} then '' else ${submission.studentName} end`;
				return db
					.select({
						id: answer.id,
						ownerId: assignment.ownerId,
						placeId,
						partId: answer.questionId,
						heading,
						text: sql<string>`case when ${answer.text} = '' then '' else concat_ws(': ', nullif(${name}, ''), ${answer.text}) end`,
					})
					.from(answer)
					.innerJoin(assignment, eq(assignment.id, answer.assignmentId))
					.innerJoin(submission, and(eq(submission.id, answer.submissionId), eq(submission.assignmentId, assignment.id)))
					.where(those(answer.id, ids, ownerId))
					.all();
			},
		},
	];
}

/** A student's answer to the first question; null where names are hidden, so that nobody learns whose it is. */
function firstAnswer() {
	return sql<string | null>`case when ${assignment.blind} then null else (
		select ${answer.id} from ${answer} join ${question} on ${question.id} = ${answer.questionId}
		where ${answer.assignmentId} = ${assignment.id} and ${question.assignmentId} = ${assignment.id} and ${answer.submissionId} = ${submission.id}
		order by ${question.position} limit 1
	) end`;
}
