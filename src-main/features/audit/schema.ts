import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * What was done, by whom, on what, from where, with which result. Rows are only ever added (triggers refuse the rest), and each holds
 * the hash of the one before, so that one that was changed or taken out is found.
 */
export const auditEntry = sqliteTable(
	'audit_entry',
	{
		id: integer().primaryKey({ autoIncrement: true }),
		at: integer().notNull(),
		/** Of the account; its name is not kept here, so that it goes with the account. */
		accountId: text('account_id'),
		act: text().notNull(),
		subject: text(),
		detail: text(),
		origin: text().notNull(),
		result: text().notNull(),
		/** SHA-256, in hex, of the hash before and all of the above (hashOf in audit.ts). */
		hash: text().notNull(),
	},
	(t) => [index('audit_entry_account').on(t.accountId, t.id), index('audit_entry_at').on(t.at)],
);

/**
 * Where the log ends: one row, moved with each entry. `seal` is an HMAC under a key that is not in the database, so that entries cut
 * from the end, or a chain that was computed anew, are found too.
 */
export const auditSeal = sqliteTable(
	'audit_seal',
	{
		id: integer().primaryKey(),
		/** The newest entry and its hash. */
		entryId: integer('entry_id').notNull(),
		hash: text().notNull(),
		seal: text().notNull(),
	},
	(t) => [check('audit_seal_one', sql`${t.id} = 1`)],
);
