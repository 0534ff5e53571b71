import { z } from 'zod';
import { procedure } from './define.ts';

/** One thing that was done or refused. It never holds what people wrote, nor any secret. */
export const auditEntry = z.object({
	id: z.number().int(),
	at: z.number().int(),
	/** Who did it; null where nobody was signed in, or Homeroom itself did. */
	accountId: z.string().nullable(),
	/** Null where the account was deleted since. */
	accountName: z.string().nullable(),
	/** The procedure, such as `accounts.create`, or `signIn`, `signInRefused`, `sessionReused`, `recovered`. */
	act: z.string(),
	/** The id of what it was done to; null where it has none. */
	subject: z.string().nullable(),
	/** What the subject is called now, where it is an account, a model, a route, a backend or a key that is there. */
	subjectName: z.string().nullable(),
	/** What was chosen, such as `role=admin` or `tokens=500`, and `key=` with the id of the key that the call came by. */
	detail: z.string().nullable(),
	/** `window`, or the address that it came from; `app` for what Homeroom does by itself. */
	origin: z.string(),
	/** `ok`, or the code of the failure. */
	result: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

const filter = z.strictObject({
	from: z.number().int().nullable().default(null),
	until: z.number().int().nullable().default(null),
	accountId: z.string().nullable().default(null),
	/** The first part of an act: `accounts`, `ledger`, `signIn` … */
	act: z.string().max(100).nullable().default(null),
});
export type AuditFilter = z.infer<typeof filter>;

export const audit = {
	/** Newest first; `before` is the id that the page before ended with. */
	list: procedure('admin')
		.input(filter.extend({ before: z.number().int().nullable().default(null), limit: z.number().int().min(1).max(500).default(100) }))
		.output(z.object({ entries: z.array(auditEntry), hasMore: z.boolean() })),
	/**
	 * Reads the whole log and tells the first entry that is not what was written; null: every one is. Without `isSealChecked` that holds
	 * only for who cannot compute the log anew: the key of its seal is in a keychain that is not here.
	 */
	verify: procedure('admin').output(z.object({ entries: z.number().int(), brokenAt: z.number().int().nullable(), isSealChecked: z.boolean() })),
	exportCsv: procedure('admin', [], { audit: 'self' })
		.input(filter)
		.output(z.object({ fileName: z.string(), text: z.string() })),
};
