import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One setting of an account, or of the machine where `scope` is `machine`. */
export const setting = sqliteTable(
	'setting',
	{
		scope: text().notNull(),
		key: text().notNull(),
		value: text({ mode: 'json' }).$type<unknown>().notNull(),
	},
	(t) => [primaryKey({ columns: [t.scope, t.key] })],
);
