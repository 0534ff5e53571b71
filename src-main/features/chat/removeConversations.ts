import { inArray } from 'drizzle-orm';
import type { Tx } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { conversation, message } from './schema.ts';

/** Deletes all conversations of an owner with all their messages. */
export function removeConversations(tx: Tx, ownerId: string): void {
	const own = tx.select({ id: conversation.id }).from(conversation).where(owned(conversation, ownerId));
	// SQLite follows a chain of cascades 1,000 deep at most, and a conversation may be longer: no row is left to cascade to.
	tx.update(message).set({ parentId: null }).where(inArray(message.conversationId, own)).run();
	tx.delete(message).where(inArray(message.conversationId, own)).run();
	tx.delete(conversation).where(owned(conversation, ownerId)).run();
}
