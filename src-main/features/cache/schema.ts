import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** An answer that a model gave, to be given again to the same owner for the same request. What was asked is not kept, only its hash. */
export const cachedAnswer = sqliteTable(
	'cached_answer',
	{
		ownerId: text('owner_id').notNull(),
		/** SHA-256 of the request, in hexadecimal (requestKey.ts). */
		key: text().notNull(),
		modelId: text('model_id').notNull(),
		/** What the model was then (modelIdentity.ts). */
		modelIdentity: text('model_identity').notNull(),
		sizeBytes: integer('size_bytes').notNull(),
		createdAt: integer('created_at').notNull(),
		usedAt: integer('used_at').notNull(),
		/** JSON text of a KeptAnswer. The last column, so that what is read of many rows need not be read over it. */
		answer: text().notNull(),
	},
	(t) => [
		primaryKey({ columns: [t.ownerId, t.key] }),
		// Covers what is kept of one, and of all.
		index('cached_answer_size').on(t.ownerId, t.sizeBytes),
		index('cached_answer_used').on(t.usedAt),
		index('cached_answer_created').on(t.createdAt),
		index('cached_answer_model').on(t.modelId),
	],
);
