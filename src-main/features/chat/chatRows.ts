import { asc, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import type { Conversation, Message } from '#contract/chat.ts';
import { failure } from '#contract/errors.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { owned, ownedIn } from '../../platform/database/owned.ts';
import { conversation, message } from './schema.ts';
import { visibleNodes } from './tree.ts';

export type ConversationRow = typeof conversation.$inferSelect;
export type MessageRow = typeof message.$inferSelect;

/** Reads a conversation of this owner that is not hidden, or with `hidden` one that may be; another's is NOT_FOUND like one that is not. */
export function readConversation(store: Store, ownerId: string, conversationId: string, hidden = false): ConversationRow {
	const row = store
		.select()
		.from(conversation)
		.where(ofConversation(ownerId, conversationId, hidden ? undefined : isNull(conversation.deletedAt)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'conversation' });
	return row;
}

/** Reads a message, hidden or not, in a conversation of this owner that is not hidden. */
export function readMessage(store: Store, ownerId: string, messageId: string): MessageRow {
	const row = store
		.select(getTableColumns(message))
		.from(message)
		.innerJoin(conversation, eq(conversation.id, message.conversationId))
		.where(owned(conversation, ownerId, eq(message.id, messageId), isNull(conversation.deletedAt)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'message' });
	return row;
}

/** Reads the messages of every branch that is not hidden, of a conversation of this owner, in the order in which they were written. */
export function readMessages(store: Store, ownerId: string, conversationId: string): MessageRow[] {
	const rows = store.select().from(message).where(ofMessages(ownerId, conversationId)).orderBy(asc(message.createdAt), sql`rowid`).all();
	return visibleNodes(rows);
}

/** The condition for the row of a conversation of this owner. */
export function ofConversation(ownerId: string, conversationId: string, condition?: SQL): SQL {
	return owned(conversation, ownerId, eq(conversation.id, conversationId), condition);
}

/** The condition for the messages in a conversation of this owner. */
export function ofMessages(ownerId: string, conversationId: string, condition?: SQL): SQL {
	return ownedIn(message.conversationId, conversation, ownerId, conversationId, condition);
}

export function toConversation({ ownerId: _ownerId, deletedAt: _deletedAt, ...shown }: ConversationRow): Conversation {
	return shown;
}

export function toMessage({ deletedAt: _deletedAt, ...shown }: MessageRow): Message {
	return shown;
}
