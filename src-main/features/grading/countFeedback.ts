import { and, eq, sql } from 'drizzle-orm';
import type { Store } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { hasText } from './gradingRows.ts';
import { answer, assignment, mark } from './schema.ts';

/** How many answers of each class of an owner have a mark that stands with words of feedback: those alone teach how to grade (markedTurns.ts). */
export function countFeedback(store: Store, ownerId: string): { assignmentId: string; withFeedback: number }[] {
	const stands = sql`${mark}.rowid = (select max(n.rowid) from ${mark} n where n.answer_id = ${answer.id} and n.marker = 'first')`;
	return store
		.select({ assignmentId: assignment.id, withFeedback: sql<number>`count(*)` })
		.from(mark)
		.innerJoin(answer, eq(answer.id, mark.answerId))
		.innerJoin(assignment, eq(assignment.id, answer.assignmentId))
		.where(and(owned(assignment, ownerId), stands, sql`${mark.points} is not null and trim(${mark.feedback}) <> ''`, hasText))
		.groupBy(assignment.id)
		.all();
}
