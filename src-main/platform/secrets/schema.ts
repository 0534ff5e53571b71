import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Something to be kept secret, sealed (Secrets.ts). */
export const secret = sqliteTable('secret', {
	name: text().primaryKey(),
	sealed: blob({ mode: 'buffer' }).notNull(),
	/** What can open it: the operating system's keychain, or the key file in the data folder. */
	keptIn: text('kept_in').$type<'keychain' | 'file'>().notNull(),
	updatedAt: integer('updated_at').notNull(),
});
