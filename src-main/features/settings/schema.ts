import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One setting of an account, or of the machine where `scope` is `machine`. */
export const setting = sqliteTable(
	'setting',
	{
		scope: text().notNull(),
		key: text().notNull(),
		/** JSON text; not drizzle's own JSON column, which cannot hold `null`, as "never" is. */
		value: text().notNull(),
	},
	(t) => [primaryKey({ columns: [t.scope, t.key] })],
);
