import { eq, isNotNull, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { DeletedSource } from '../../platform/database/DeletedSource.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { ofAssignment } from './gradingRows.ts';
import { assignment, comment } from './schema.ts';

/** What of the gradings was deleted: assignments with all answers and marks, and comments of the bank. */
export function deletedGradings(
	db: Db,
	grading: { restore(ownerId: string, assignmentId: string): unknown; comments: { restore(ownerId: string, commentId: string): unknown } },
): DeletedSource<'assignment' | 'comment'>[] {
	const { id, title } = assignment;
	return [
		{
			kind: 'assignment',
			list: (ownerId) =>
				db
					.select({ id, placeId: id, heading: sql<string>`''`, title, deletedAt: sql<number>`${assignment.deletedAt}` })
					.from(assignment)
					.where(owned(assignment, ownerId, isNotNull(assignment.deletedAt)))
					.all(),
			restore: (ownerId, assignmentId) => grading.restore(ownerId, assignmentId),
			purge(ownerId, assignmentId) {
				const { changes } = db
					.delete(assignment)
					.where(ofAssignment(ownerId, assignmentId, isNotNull(assignment.deletedAt)))
					.run();
				if (changes === 0) throw failure('NOT_FOUND', { what: 'assignment' });
			},
		},
		{
			kind: 'comment',
			list: (ownerId) =>
				db
					.select({ id: comment.id, placeId: comment.id, heading: sql<string>`''`, title: comment.text, deletedAt: sql<number>`${comment.deletedAt}` })
					.from(comment)
					.where(owned(comment, ownerId, isNotNull(comment.deletedAt)))
					.all(),
			restore: (ownerId, commentId) => grading.comments.restore(ownerId, commentId),
			purge(ownerId, commentId) {
				const { changes } = db
					.delete(comment)
					.where(owned(comment, ownerId, eq(comment.id, commentId), isNotNull(comment.deletedAt)))
					.run();
				if (changes === 0) throw failure('NOT_FOUND', { what: 'comment' });
			},
		},
	];
}
