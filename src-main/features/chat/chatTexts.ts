import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { reachedById } from '../../platform/search/reachedById.ts';
import type { TextSource } from '../../platform/search/TextSource.ts';
import { conversation, message } from './schema.ts';

/** What of the conversations can be found: their titles, and what was said in them on every branch. */
export function chatTexts(db: Db): (TextSource & { kind: 'conversation' | 'message' })[] {
	return [
		{
			kind: 'conversation',
			table: 'conversation',
			columns: ['title', 'deleted_at'],
			read(ids, ownerId) {
				const those = and(isNull(conversation.deletedAt), sql`${conversation.id} in (select value from json_each(${JSON.stringify(ids)}))`);
				const { id, title } = conversation;
				return db
					.select({ id, ownerId: conversation.ownerId, placeId: id, heading: sql<string>`''`, text: title })
					.from(conversation)
					.where(ownerId === null ? everyOwner(conversation, those) : owned(conversation, ownerId, those))
					.all();
			},
		},
		{
			kind: 'message',
			table: 'message',
			columns: ['content'],
			alsoAfter: [
				{ table: 'conversation', columns: ['deleted_at'], ids: 'select id from message where conversation_id = new.id' },
				// With a message what follows it is hidden and shown.
				{ table: 'message', columns: ['deleted_at'], ids: 'select id from message where conversation_id = new.conversation_id' },
			],
			read(ids, ownerId) {
				const those = JSON.stringify(ids);
				const shown = and(
					isNull(conversation.deletedAt),
					sql`${message.id} in (select value from json_each(${those}))`,
					sql`${message.id} not in (${hiddenAmong(those)})`,
				);
				return db
					.select({ id: message.id, ownerId: conversation.ownerId, placeId: conversation.id, heading: conversation.title, text: message.content })
					.from(message)
					.innerJoin(conversation, eq(conversation.id, message.conversationId))
					.where(and(reachedById(ownerId === null ? everyOwner(conversation) : owned(conversation, ownerId)), shown))
					.all();
			},
		},
	];
}

/** The hidden messages of the conversations that these are in, and what follows them. */
function hiddenAmong(ids: string) {
	// Whoever's they are: nothing of them is answered.
	const every = everyOwner(message.conversationId);
	const places = sql`select conversation_id from message where ${every} and id in (select value from json_each(${ids}))`;
	return sql`
		with recursive hidden(id) as (
			select id from message where ${every} and deleted_at is not null and conversation_id in (${places})
			union
			select message.id from message join hidden on message.parent_id = hidden.id where ${every}
		)
		select id from hidden`;
}
