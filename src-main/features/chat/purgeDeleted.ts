import { inArray, lt, sql } from 'drizzle-orm';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { conversation, message } from './schema.ts';

/** Deletes for good what was hidden before `before`, whoever's it was: conversations with all their messages, and messages with what follows them. */
export function purgeDeleted(db: Db, before: number): void {
	const every = everyOwner(message.conversationId);
	immediate(db, (tx) => {
		const doomed = tx
			.all<{ id: string }>(sql`
				with recursive doomed(id) as (
					select id from message where ${every} and (deleted_at < ${before} or conversation_id in (
						select id from conversation where ${everyOwner(conversation)} and deleted_at < ${before}
					))
					union
					select message.id from message join doomed on message.parent_id = doomed.id where ${every}
				)
				select id from doomed`)
			.map(({ id }) => id);
		// SQLite follows a chain of cascades 1,000 deep at most, and a conversation may be longer: no row is left to cascade to.
		for (let at = 0; at < doomed.length; at += 1000) {
			tx.update(message)
				.set({ parentId: null })
				.where(everyOwner(message.conversationId, inArray(message.id, doomed.slice(at, at + 1000))))
				.run();
		}
		for (let at = 0; at < doomed.length; at += 1000) {
			tx.delete(message)
				.where(everyOwner(message.conversationId, inArray(message.id, doomed.slice(at, at + 1000))))
				.run();
		}
		tx.delete(conversation)
			.where(everyOwner(conversation, lt(conversation.deletedAt, before)))
			.run();
	});
}
