import { randomUUID } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import type { SavedComment } from '#contract/classReport.ts';
import { failure } from '#contract/errors.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { comment } from './schema.ts';

/** The texts that each teacher puts into feedback again and again. */
export class CommentBank {
	readonly #db: Db;
	readonly #now: () => number;

	constructor({ db, now = Date.now }: { db: Db; now?: () => number }) {
		this.#db = db;
		this.#now = now;
	}

	/** The owner's, newest first. */
	list(ownerId: string): SavedComment[] {
		return this.#db
			.select({ id: comment.id, text: comment.text })
			.from(comment)
			.where(owned(comment, ownerId))
			.orderBy(desc(comment.createdAt), desc(sql`${comment}.rowid`))
			.all();
	}

	/** All of an owner's, to take away. */
	exportOf(ownerId: string): unknown {
		return this.list(ownerId);
	}

	/** Deletes all of an owner's, in the transaction that deletes the owner. */
	removeAllOf(ownerId: string, tx: Tx): void {
		tx.delete(comment).where(owned(comment, ownerId)).run();
	}

	/** Saves a text; where the owner has the same already, gives that back. */
	add(ownerId: string, text: string): SavedComment {
		return immediate(this.#db, (tx) => {
			const same = owned(comment, ownerId, eq(comment.text, text));
			const found = tx.select({ id: comment.id, text: comment.text }).from(comment).where(same).get();
			if (found) return found;
			const id = randomUUID();
			tx.insert(comment).values({ id, ownerId, text, createdAt: this.#now() }).run();
			return { id, text };
		});
	}

	/** Takes one away for good. */
	remove(ownerId: string, commentId: string): void {
		const { changes } = this.#db
			.delete(comment)
			.where(owned(comment, ownerId, eq(comment.id, commentId)))
			.run();
		if (changes === 0) throw failure('NOT_FOUND', { what: 'comment' });
	}
}
