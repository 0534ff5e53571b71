import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { job } from '../../platform/jobs/schema.ts';

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

/** A job that was begun with an API key, until what it costs is counted for that. */
export const keyedJob = sqliteTable('keyed_job', {
	jobId: text('job_id')
		.primaryKey()
		.references(() => job.id, { onDelete: 'cascade' }),
	keyId: text('key_id').notNull(),
	/** What of it was counted already, in tokens. */
	counted: integer().notNull().default(0),
});
