import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Allowance, Task } from '#contract/ledger.ts';

/** What a task costs from `since` on. Rows are only ever added. */
export const price = sqliteTable(
	'price',
	{
		id: integer().primaryKey({ autoIncrement: true }),
		task: text().$type<Task>().notNull(),
		perMille: integer('per_mille').notNull(),
		surcharge: integer().notNull(),
		since: integer().notNull(),
	},
	(t) => [index('price_task').on(t.task, t.id)],
);

/**
 * Where tokens can be. Each account of the accounts feature has three: what is `available`, what is `reserved`, what is `spent`; one
 * `issue` without a holder is where all tokens come from, so that all balances together are 0. `balance` is a cache of the sum of the
 * entries, moved by a trigger with each of them.
 */
export const purse = sqliteTable(
	'purse',
	{
		/** `available:` and the holder's id, and so on; `issue`. */
		id: text().primaryKey(),
		kind: text().$type<'issue' | 'available' | 'reserved' | 'spent'>().notNull(),
		/** No reference: what a deleted account used stays, without a name. */
		holderId: text('holder_id'),
		balance: integer().notNull().default(0),
	},
	(t) => [
		check('purse_balance', sql`(${t.kind} = 'issue' and ${t.balance} <= 0) or (${t.kind} <> 'issue' and ${t.balance} >= 0)`),
		index('purse_holder').on(t.holderId),
	],
);

/** One move of tokens; its entries sum to 0. Rows are only ever added. */
export const transfer = sqliteTable(
	'transfer',
	{
		id: integer().primaryKey({ autoIncrement: true }),
		/** What makes a repetition harmless: at most one transfer for each. */
		requestKey: text('request_key').notNull().unique(),
		kind: text().$type<'start' | 'allowance' | 'topUp' | 'reserve' | 'charge' | 'release'>().notNull(),
		holderId: text('holder_id').notNull(),
		/** The hold that it belongs to; null for a grant. */
		holdId: text('hold_id').references(() => hold.id),
		priceId: integer('price_id').references(() => price.id),
		/** How many it moved, as its entries say; less than 0 for a top-up that took some away. */
		tokens: integer().notNull(),
		promptTokens: integer('prompt_tokens').notNull().default(0),
		completionTokens: integer('completion_tokens').notNull().default(0),
		at: integer().notNull(),
	},
	// Each index is one more page that every commit writes: there is one for what an account was granted, one from which alone its use
	// of a month is read, and one for everybody's use.
	(t) => [
		index('transfer_grant').on(t.holderId, t.at).where(sql`hold_id is null`),
		index('transfer_charge').on(t.holderId, t.at, t.tokens).where(sql`kind = 'charge'`),
		index('transfer_use').on(t.at).where(sql`kind = 'charge'`),
	],
);

/** One leg of a transfer: so many tokens into a purse, or with a minus out of it. Rows are only ever added. */
export const entry = sqliteTable('entry', {
	id: integer().primaryKey({ autoIncrement: true }),
	transferId: integer('transfer_id')
		.notNull()
		.references(() => transfer.id),
	purseId: text('purse_id')
		.notNull()
		.references(() => purse.id),
	tokens: integer().notNull(),
});

/** Tokens set aside for one piece of work, from its reservation until it is settled or released. */
export const hold = sqliteTable(
	'hold',
	{
		/** The request's own id, such as that of the answer or of the job that it pays for. */
		id: text().primaryKey(),
		holderId: text('holder_id').notNull(),
		task: text().$type<Task>().notNull(),
		modelId: text('model_id'),
		/** As it was called then: the model may be gone when a statement is read. */
		modelName: text('model_name'),
		subjectId: text('subject_id'),
		priceId: integer('price_id')
			.notNull()
			.references(() => price.id),
		/** Where its tokens come from and go back to: an unmetered account's from `issue`. */
		source: text().$type<'available' | 'issue'>().notNull(),
		/** What the reservation named: a repetition names the same. */
		asked: integer().notNull(),
		askedAtLeast: integer('asked_at_least').notNull(),
		/** All that was set aside, what of it was charged, and what went back. */
		reserved: integer().notNull(),
		charged: integer().notNull().default(0),
		released: integer().notNull().default(0),
		charges: integer().notNull().default(0),
		promptTokens: integer('prompt_tokens').notNull().default(0),
		completionTokens: integer('completion_tokens').notNull().default(0),
		/** Its answers that were given before. */
		repeats: integer().notNull().default(0),
		openedAt: integer('opened_at').notNull(),
		closedAt: integer('closed_at'),
	},
	(t) => [
		index('hold_holder').on(t.holderId, t.openedAt),
		index('hold_open').on(t.openedAt).where(sql`closed_at is null`),
		check('hold_sum', sql`${t.charged} >= 0 and ${t.released} >= 0 and ${t.charged} + ${t.released} <= ${t.reserved}`),
		check('hold_closed', sql`${t.closedAt} is null or ${t.charged} + ${t.released} = ${t.reserved}`),
	],
);

/** How an account is metered. Its row is written when the ledger first hears of the account, with the purses and the grant it begins with. */
export const meter = sqliteTable('meter', {
	holderId: text('holder_id').primaryKey(),
	isMetered: integer('is_metered', { mode: 'boolean' }).notNull(),
	allowanceTokens: integer('allowance_tokens'),
	allowancePeriod: text('allowance_period').$type<Allowance['period']>(),
});
