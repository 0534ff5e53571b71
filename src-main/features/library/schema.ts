import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Model, ModelDefaults, ModelOrigin } from '#contract/library.ts';

export const model = sqliteTable('model', {
	id: text().primaryKey(),
	name: text().notNull(),
	kind: text().$type<Model['kind']>().notNull().default('model'),
	/** Homeroom stored the files itself, under its models folder, and may delete them. */
	owned: integer({ mode: 'boolean' }).notNull(),
	/** The files share their bytes with where they came from. */
	linked: integer({ mode: 'boolean' }).notNull().default(false),
	/** Of all files. */
	sizeBytes: integer('size_bytes').notNull(),
	origin: text({ mode: 'json' }).$type<ModelOrigin>().notNull().default({ source: 'local' }),
	architecture: text().notNull(),
	parameters: integer(),
	quantization: text().notNull(),
	contextTokens: integer('context_tokens'),
	hasChatTemplate: integer('has_chat_template', { mode: 'boolean' }).notNull(),
	defaults: text({ mode: 'json' }).$type<ModelDefaults>(),
	license: text(),
	tags: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
	addedAt: integer('added_at').notNull(),
	lastUsedAt: integer('last_used_at'),
});

/** One file of a model: the only one, or one part of a split model, in the order of `position`. */
export const modelFile = sqliteTable(
	'model_file',
	{
		modelId: text('model_id')
			.notNull()
			.references(() => model.id, { onDelete: 'cascade' }),
		position: integer().notNull(),
		path: text().notNull().unique(),
		sizeBytes: integer('size_bytes').notNull(),
		/** Time of its last change when it was taken in; null for those taken in before this was kept. With the size it tells a changed file. */
		modifiedAt: integer('modified_at'),
		/** What its source publishes or, where none does, what the first check found. */
		sha256: text(),
		/** The source published `sha256`; else it was computed here. */
		published: integer({ mode: 'boolean' }).notNull().default(false),
		checkedAt: integer('checked_at'),
		/** Blocks that the last check found wrong, as numbers from 0; empty where it found none. */
		badBlocks: text('bad_blocks', { mode: 'json' }).$type<number[]>().notNull().default([]),
		/**
		 * CRC-32 of each `sumBlockBytes` (the contract's), as little-endian 32-bit numbers: tells where a file is wrong.
		 * Last, since SQLite reads through it to what comes after it.
		 */
		blockSums: blob('block_sums', { mode: 'buffer' }),
	},
	(t) => [primaryKey({ columns: [t.modelId, t.position] }), index('model_file_sha256').on(t.sha256)],
);
