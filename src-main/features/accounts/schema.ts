import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Role } from '#contract/accounts.ts';

export const account = sqliteTable('account', {
	id: text().primaryKey(),
	name: text().notNull(),
	role: text().$type<Role>().notNull(),
	createdAt: integer('created_at').notNull(),
});

/** A signed-in browser. The cookie's value is kept as its SHA-256 alone. */
export const session = sqliteTable(
	'session',
	{
		id: text().primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => account.id, { onDelete: 'cascade' }),
		secretHash: text('secret_hash').notNull().unique(),
		device: text().notNull(),
		createdAt: integer('created_at').notNull(),
		lastUsedAt: integer('last_used_at').notNull(),
		expiresAt: integer('expires_at').notNull(),
	},
	(t) => [index('session_account').on(t.accountId)],
);
