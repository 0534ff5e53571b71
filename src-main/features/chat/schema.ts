import { sql } from 'drizzle-orm';
import { type AnySQLiteColumn, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { ChatSettings, Message } from '#contract/chat.ts';
import type { FailureRecord } from '#contract/errors.ts';

export const conversation = sqliteTable(
	'conversation',
	{
		id: text().primaryKey(),
		ownerId: text('owner_id').notNull(),
		title: text().notNull(),
		modelId: text('model_id'),
		/** The LoRA adapter that answers are written with; null: the model as it is. */
		adapter: text({ mode: 'json' }).$type<AttachedAdapter>(),
		settings: text({ mode: 'json' }).$type<ChatSettings>().notNull(),
		leafId: text('leaf_id'),
		createdAt: integer('created_at').notNull(),
		updatedAt: integer('updated_at').notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [index('conversation_owner').on(t.ownerId, t.updatedAt)],
);

/** A node of a conversation's tree: messages with one parent are siblings, edits and regenerations of each other. */
export const message = sqliteTable(
	'message',
	{
		id: text().primaryKey(),
		conversationId: text('conversation_id')
			.notNull()
			.references(() => conversation.id, { onDelete: 'cascade' }),
		parentId: text('parent_id').references((): AnySQLiteColumn => message.id, { onDelete: 'cascade' }),
		role: text().$type<Message['role']>().notNull(),
		content: text().notNull(),
		status: text().$type<Message['status']>().notNull(),
		modelName: text('model_name'),
		usage: text({ mode: 'json' }).$type<NonNullable<Message['usage']>>(),
		finish: text().$type<NonNullable<Message['finish']>>(),
		/** Tokens that it cost its reader; null while it is written, and for a message of the user. */
		charged: integer(),
		failure: text({ mode: 'json' }).$type<FailureRecord>(),
		createdAt: integer('created_at').notNull(),
		deletedAt: integer('deleted_at'),
	},
	(t) => [
		index('message_conversation').on(t.conversationId, t.createdAt),
		index('message_parent').on(t.parentId),
		// Few are, among many.
		index('message_deleted').on(t.deletedAt).where(sql`deleted_at is not null`),
	],
);
