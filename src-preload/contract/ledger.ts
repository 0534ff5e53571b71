import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';

/** What can be paid for. */
export const task = z.enum(['chat', 'convert', 'grading', 'subtitles']);
export type Task = z.infer<typeof task>;

const tokens = z.number().int().nonnegative();

/**
 * What a task costs, from the tokens a model took in and wrote for it: `base × perMille / 1000 + surcharge`, rounded up once.
 * A price is never changed, only followed by another; what was charged points at the one it was charged by.
 */
export const price = z.object({
	id: z.number().int(),
	task,
	/** Thousandths: 1000 is one token for one token. */
	perMille: z.number().int(),
	/** Tokens added to each request that used a model. */
	surcharge: z.number().int(),
	since: z.number().int(),
});
export type Price = z.infer<typeof price>;

/** Up to so many tokens an account is filled at the begin of each local day, week (from Monday) or month. */
export const allowance = z.object({ tokens: z.number().int().min(0).max(1_000_000_000), period: z.enum(['day', 'week', 'month']) });
export type Allowance = z.infer<typeof allowance>;

export const balance = z.object({
	/** What can be reserved now. */
	available: tokens,
	/** Set aside for what is running. */
	reserved: tokens,
	/** Used since the first of the month. */
	usedThisMonth: tokens,
	/** False: nothing is refused; what is used is written down all the same. */
	isMetered: z.boolean(),
	allowance: allowance.nullable(),
	/** When the allowance fills up again. */
	nextFillAt: z.number().int().nullable(),
});
export type Balance = z.infer<typeof balance>;

/** One line of a statement: a grant, or one piece of work with all that was charged for it. */
export const statementLine = z.object({
	id: z.string(),
	at: z.number().int(),
	kind: z.enum(['start', 'allowance', 'topUp', 'work']),
	/** Grants add, work takes away: all lines that are metered come to what is available and set aside together. */
	tokens: z.number().int(),
	/** Still set aside, for work that runs. */
	reserved: tokens,
	/** False: done while nothing was metered. What it used is written down, and took nothing from the balance. */
	isMetered: z.boolean(),
	task: task.nullable(),
	/** Null where the model is gone from the library, or none was used. */
	modelName: z.string().nullable(),
	/** The feature's row that it was done for. */
	subjectId: z.string().nullable(),
	promptTokens: tokens,
	completionTokens: tokens,
	/** Charges: the answers of a class, the batches of a film. */
	charges: z.number().int(),
	/** Why no tokens, or few: its answers, or some of them, were given before; or it ended before a model had done anything for it. */
	note: z.enum(['repeated', 'partlyRepeated', 'unused']).nullable(),
});
export type StatementLine = z.infer<typeof statementLine>;

export const statementFilter = z.strictObject({
	from: z.number().int().nullable().default(null),
	/** Up to but without this instant. */
	until: z.number().int().nullable().default(null),
	task: task.nullable().default(null),
	modelId: z.string().nullable().default(null),
	kind: z.enum(['grants', 'work']).nullable().default(null),
});
export type StatementFilter = z.infer<typeof statementFilter>;

const page = { cursor: z.string().max(200).nullable().default(null), limit: z.number().int().min(1).max(500).default(100) };
const statementPage = z.object({
	lines: z.array(statementLine),
	cursor: z.string().nullable(),
	/**
	 * What all lines that the filter lets through did together: grants added, metered work took away; what work used that was not metered
	 * changed no balance. Null but on the first page.
	 */
	sums: z.object({ granted: z.number().int(), used: tokens, usedUnmetered: tokens }).nullable(),
});
const file = z.object({ fileName: z.string(), text: z.string() });

/** What was used by one account with one model for one task on one local day. */
export const use = z.object({
	/** Null: an account that was deleted. */
	accountId: z.string().nullable(),
	modelId: z.string().nullable(),
	modelName: z.string().nullable(),
	task,
	/** `2026-11-21`, in the machine's own time. */
	day: z.string(),
	tokens,
	promptTokens: tokens,
	completionTokens: tokens,
	requests: z.number().int(),
});
export type Use = z.infer<typeof use>;

const accountId = z.strictObject({ accountId: z.string() });
const span = z.strictObject({ from: z.number().int(), until: z.number().int() });

export const ledger = {
	/** The caller's balance and the prices in force, now and after each change. */
	watch: procedure('viewer').output(eventIterator(z.object({ balance, prices: z.array(price) }))),
	/** The caller's statement, newest first. */
	statement: procedure('viewer').input(statementFilter.extend(page)).output(statementPage),
	exportStatement: procedure('viewer').input(statementFilter).output(file),

	/** The balance of every account. */
	balances: procedure('admin').output(z.array(accountId.extend({ balance }))),
	statementOf: procedure('admin').input(accountId.extend(statementFilter.shape).extend(page)).output(statementPage),
	exportStatementOf: procedure('admin', [], { audit: 'accountId' }).input(accountId.extend(statementFilter.shape)).output(file),
	/** Adds tokens to an account, or takes some away, never below zero. Safe to repeat with the same `requestId`. */
	topUp: procedure('admin', ['INSUFFICIENT_TOKENS', 'IDEMPOTENCY_MISMATCH'], { audit: 'accountId', auditFields: ['tokens', 'requestId'] })
		.input(accountId.extend({ requestId: z.string().min(8).max(100), tokens: z.number().int().min(-1_000_000_000).max(1_000_000_000) }))
		.output(balance),
	/** Whether an account is metered, and what it is filled up to. An allowance begins with the present period. */
	setAllowance: procedure('admin', [], { audit: 'accountId', auditFields: ['isMetered', 'allowance.tokens', 'allowance.period'] })
		.input(accountId.extend({ isMetered: z.boolean(), allowance: allowance.nullable() }))
		.output(balance),
	/** Every price there ever was, newest first. */
	prices: procedure('admin').output(z.array(price)),
	/** Sets a price from now on; what is running goes on by the one it began with. */
	setPrice: procedure('admin', [], { audit: 'task', auditFields: ['perMille', 'surcharge'] })
		.input(z.strictObject({ task, perMille: z.number().int().min(0).max(1_000_000), surcharge: z.number().int().min(0).max(1_000_000) }))
		.output(z.array(price)),
	/** What was used from `from` until before `until`, by account, model, task and day. */
	use: procedure('admin').input(span).output(z.array(use)),
	exportUse: procedure('admin').input(span).output(file),
};
