import { eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { ofConversation, ofMessages } from './chatRows.ts';
import { conversation, message } from './schema.ts';

/** Deletes for good what was hidden before `before`, whoever's it was: conversations with all their messages, and messages with what follows them. */
export function purgeDeleted(db: Db, before: number): void {
	const ofOld = sql`select id from conversation where ${everyOwner(conversation)} and deleted_at < ${before}`;
	immediate(db, (tx) => {
		dropWithFollowing(tx, everyOwner(message.conversationId, sql`(deleted_at < ${before} or conversation_id in (${ofOld}))`));
		tx.delete(conversation)
			.where(everyOwner(conversation, lt(conversation.deletedAt, before)))
			.run();
	});
}

/** Deletes a conversation of this owner for good, with all its messages. */
export function purgeConversation(tx: Tx, ownerId: string, conversationId: string): void {
	dropWithFollowing(tx, ofMessages(ownerId, conversationId));
	tx.delete(conversation).where(ofConversation(ownerId, conversationId)).run();
}

/** Deletes a message in a conversation of this owner for good, with what follows it. */
export function purgeMessage(tx: Tx, ownerId: string, conversationId: string, messageId: string): void {
	dropWithFollowing(tx, ofMessages(ownerId, conversationId, eq(message.id, messageId)));
}

/** The ids of the messages that fit this, which says whose they are, and of all that follow them, hidden or not. */
export function withFollowing(store: Store, which: SQL): string[] {
	return store
		.all<{ id: string }>(sql`
			with recursive doomed(id) as (
				select id from message where ${which}
				union
				select message.id from message join doomed on message.parent_id = doomed.id where ${everyOwner(message.conversationId)}
			)
			select id from doomed`)
		.map(({ id }) => id);
}

function dropWithFollowing(tx: Tx, which: SQL): void {
	const doomed = withFollowing(tx, which);
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
}
