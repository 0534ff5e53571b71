import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Model } from '#contract/library.ts';

export const model = sqliteTable('model', {
	id: text().primaryKey(),
	name: text().notNull(),
	path: text().notNull().unique(),
	/** Homeroom stored the file itself, under its models folder, and may delete it. */
	owned: integer({ mode: 'boolean' }).notNull(),
	sizeBytes: integer('size_bytes').notNull(),
	source: text().$type<Model['source']>().notNull(),
	architecture: text().notNull(),
	parameters: integer(),
	quantization: text().notNull(),
	contextTokens: integer('context_tokens'),
	hasChatTemplate: integer('has_chat_template', { mode: 'boolean' }).notNull(),
	addedAt: integer('added_at').notNull(),
	lastUsedAt: integer('last_used_at'),
});
