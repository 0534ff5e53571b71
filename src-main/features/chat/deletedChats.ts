import { desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { DeletedRow, DeletedSource } from '../../platform/database/DeletedSource.ts';
import { type Db, immediate, type Store } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { ofMessages, readConversation, readMessage } from './chatRows.ts';
import { purgeConversation, purgeMessage, withFollowing } from './purgeDeleted.ts';
import { conversation, message } from './schema.ts';
import { outermostHidden } from './tree.ts';

const toldCharacters = 300;

/** What of the conversations was deleted: whole ones, and messages with what followed them in those that are left. */
export function deletedChats({
	db,
	chat,
	answers,
}: {
	db: Db;
	chat: { restore(ownerId: string, conversationId: string): unknown; restoreMessage(ownerId: string, messageId: string): unknown };
	/** Ends what is written there, as what is stored is not to be pulled away from under it. */
	answers: { stop(messageId: string): Promise<void>; stopIn(conversationId: string): Promise<void> };
}): DeletedSource<'conversation' | 'message'>[] {
	return [
		{
			kind: 'conversation',
			list: (ownerId) =>
				db
					.select({
						...{ id: conversation.id, placeId: conversation.id, heading: sql<string>`''`, title: conversation.title },
						deletedAt: sql<number>`${conversation.deletedAt}`,
					})
					.from(conversation)
					.where(owned(conversation, ownerId, isNotNull(conversation.deletedAt)))
					.all(),
			restore: (ownerId, id) => chat.restore(ownerId, id),
			async purge(ownerId, id) {
				requireHidden(db, ownerId, id);
				await answers.stopIn(id);
				immediate(db, (tx) => {
					requireHidden(tx, ownerId, id);
					purgeConversation(tx, ownerId, id);
				});
			},
		},
		{
			kind: 'message',
			list: (ownerId) => listMessages(db, ownerId),
			restore: (ownerId, id) => chat.restoreMessage(ownerId, id),
			async purge(ownerId, id) {
				const conversationId = requireHiddenMessage(db, ownerId, id);
				for (const each of withFollowing(db, ofMessages(ownerId, conversationId, eq(message.id, id)))) await answers.stop(each);
				immediate(db, (tx) => {
					requireHiddenMessage(tx, ownerId, id);
					purgeMessage(tx, ownerId, conversationId, id);
				});
			},
		},
	];
}

/** The hidden messages that follow no other hidden one: with that one they are gone and come back. */
function listMessages(db: Db, ownerId: string): DeletedRow[] {
	const rows = db
		.select({
			...{ id: message.id, placeId: conversation.id, heading: conversation.title },
			...{ start: sql<string>`substr(${message.content}, 1, ${toldCharacters})`, deletedAt: sql<number>`${message.deletedAt}` },
		})
		.from(message)
		.innerJoin(conversation, eq(conversation.id, message.conversationId))
		.where(owned(conversation, ownerId, isNotNull(message.deletedAt), isNull(conversation.deletedAt)))
		.orderBy(desc(message.deletedAt))
		.all();
	return [...Map.groupBy(rows, ({ placeId }) => placeId)].flatMap(([conversationId, hidden]) => {
		const outermost = hidden.length === 1 ? null : outermostHidden(readTree(db, ownerId, conversationId));
		return hidden.filter(({ id }) => outermost?.has(id) ?? true).map(({ start, ...row }) => ({ ...row, title: start.replaceAll(/\s+/g, ' ').trim() }));
	});
}

function readTree(db: Db, ownerId: string, conversationId: string) {
	const { id, parentId, deletedAt } = message;
	return db.select({ id, parentId, deletedAt }).from(message).where(ofMessages(ownerId, conversationId)).all();
}

function requireHidden(store: Store, ownerId: string, conversationId: string): void {
	const row = readConversation(store, ownerId, conversationId, true);
	if (row.deletedAt === null) throw failure('NOT_FOUND', { what: 'conversation' });
}

/** The id of its conversation. */
function requireHiddenMessage(store: Store, ownerId: string, messageId: string): string {
	const { conversationId, deletedAt } = readMessage(store, ownerId, messageId);
	if (deletedAt === null) throw failure('NOT_FOUND', { what: 'message' });
	return conversationId;
}
