import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { ConnectionRecord } from '../../platform/network/HopRecord.ts';

/**
 * Which servers were asked, or would have been: like ones of the same minute are one row. It says nothing of what was asked. The account is
 * named by `asked_by`, as the row is no account's own: it is the administrators' proof of what left this machine.
 */
export const outboundConnection = sqliteTable(
	'outbound_connection',
	{
		id: integer().primaryKey({ autoIncrement: true }),
		/** The whole minute in which they began, in minutes since 1970. */
		minute: integer().notNull(),
		purpose: text().notNull(),
		host: text().notNull(),
		outcome: text().$type<ConnectionRecord['outcome']>().notNull(),
		/** 0 where there was no answer: a unique index takes no null for the same as another. */
		status: integer().notNull(),
		/** Empty where nobody is known. */
		askedBy: text('asked_by').notNull(),
		requests: integer().notNull(),
		/** Of bodies, headers left out. */
		sentBytes: integer('sent_bytes').notNull(),
		receivedBytes: integer('received_bytes').notNull(),
		/** All of them together. */
		ms: integer().notNull(),
		lastAt: integer('last_at').notNull(),
	},
	(t) => [
		uniqueIndex('outbound_connection_like').on(t.minute, t.purpose, t.host, t.outcome, t.status, t.askedBy),
		index('outbound_connection_host').on(t.host, t.id),
	],
);
