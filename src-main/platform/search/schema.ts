import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** A text that the index knows (TextIndex.ts): its words are the row of `text_index` with this id. */
export const indexedText = sqliteTable(
	'indexed_text',
	{
		id: integer().primaryKey({ autoIncrement: true }),
		ownerId: text('owner_id').notNull(),
		kind: text().notNull(),
		subjectId: text('subject_id').notNull(),
	},
	(t) => [uniqueIndex('indexed_text_subject').on(t.kind, t.subjectId), index('indexed_text_owner').on(t.ownerId)],
);

/** A text that changed since the index was told, in the order of its first change. */
export const changedText = sqliteTable(
	'changed_text',
	{
		id: integer().primaryKey(),
		kind: text().notNull(),
		subjectId: text('subject_id').notNull(),
	},
	(t) => [uniqueIndex('changed_text_subject').on(t.kind, t.subjectId)],
);

/** What the index was made by: where that differs, it is made anew. One row. */
export const textIndexState = sqliteTable('text_index_state', {
	id: integer().primaryKey(),
	madeBy: text('made_by').notNull(),
});
