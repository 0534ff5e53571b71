import { randomUUID } from 'node:crypto';
import { desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { SavedComment } from '#contract/classReport.ts';
import { failure } from '#contract/errors.ts';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { comment } from './schema.ts';

/** The texts that each teacher puts into feedback again and again. What was hidden long ago is purged as it is made. */
export class CommentBank {
	readonly #db: Db;
	readonly #now: () => number;

	constructor({ db, now = Date.now }: { db: Db; now?: () => number }) {
		this.#db = db;
		this.#now = now;
		db.delete(comment)
			.where(everyOwner(comment, lt(comment.deletedAt, now() - keepDeletedMs)))
			.run();
	}

	/** The owner's that are not hidden, newest first. */
	list(ownerId: string): SavedComment[] {
		return this.#db
			.select({ id: comment.id, text: comment.text })
			.from(comment)
			.where(owned(comment, ownerId, isNull(comment.deletedAt)))
			.orderBy(desc(comment.createdAt), desc(sql`${comment}.rowid`))
			.all();
	}

	/** All of an owner's, hidden ones too, to take away. */
	exportOf(ownerId: string): unknown {
		const { id, text, deletedAt } = comment;
		return this.#db.select({ id, text, deletedAt }).from(comment).where(owned(comment, ownerId)).orderBy(desc(comment.createdAt)).all();
	}

	/** Deletes all of an owner's, in the transaction that deletes the owner. */
	removeAllOf(ownerId: string, tx: Tx): void {
		tx.delete(comment).where(owned(comment, ownerId)).run();
	}

	/** Saves a text; where the owner has the same already, hidden or not, gives that back. */
	add(ownerId: string, text: string): SavedComment {
		return immediate(this.#db, (tx) => {
			const same = owned(comment, ownerId, eq(comment.text, text));
			const found = tx.update(comment).set({ deletedAt: null }).where(same).returning({ id: comment.id, text: comment.text }).get();
			if (found) return found;
			const id = randomUUID();
			tx.insert(comment).values({ id, ownerId, text, createdAt: this.#now() }).run();
			return { id, text };
		});
	}

	/** Hides one; it can be brought back until it is purged. */
	remove(ownerId: string, commentId: string): void {
		this.#set(ownerId, commentId, { deletedAt: this.#now() });
	}

	restore(ownerId: string, commentId: string): void {
		this.#set(ownerId, commentId, { deletedAt: null });
	}

	#set(ownerId: string, commentId: string, values: { deletedAt: number | null }): void {
		const { changes } = this.#db
			.update(comment)
			.set(values)
			.where(owned(comment, ownerId, eq(comment.id, commentId)))
			.run();
		if (changes === 0) throw failure('NOT_FOUND', { what: 'comment' });
	}
}
