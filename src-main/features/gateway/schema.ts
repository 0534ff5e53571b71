import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** How the gateway is set: one row of the machine's, none until something was chosen. */
export const gatewaySetting = sqliteTable('gateway_setting', {
	/** Always `machine`. */
	id: text().primaryKey(),
	isOn: integer('is_on', { mode: 'boolean' }).notNull(),
	port: integer().notNull(),
	address: text().notNull(),
	hosts: text({ mode: 'json' }).$type<string[]>().notNull(),
	origins: text({ mode: 'json' }).$type<string[]>().notNull(),
	/** The certificate it proves itself with beyond this machine, as PEM; its key is kept among the secrets. */
	certificate: text(),
	/** Whether Homeroom made that itself, and may make another. */
	isSelfMade: integer('is_self_made', { mode: 'boolean' }).notNull().default(true),
});
