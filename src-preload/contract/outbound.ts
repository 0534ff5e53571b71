import { z } from 'zod';
import { procedure } from './define.ts';

/** Days for which connections are kept. */
export const outboundDays = 30;

/** Like connections of one minute: to one server, for one purpose and person, with one end. */
export const outboundEntry = z.object({
	id: z.number().int(),
	/** When the last of them began. */
	at: z.number().int(),
	/** `search`, `facts`, `download`, `test`, `model`. */
	purpose: z.string(),
	/** Name and port of the server. */
	host: z.string(),
	/**
	 * `refused`: Homeroom is set to stay offline, so nothing was sent. `failed`: it came to no whole answer. `cut`: Homeroom ended it before that: it
	 * went offline, was closed or ended, or whoever asked wanted no more.
	 */
	outcome: z.enum(['underWay', 'answered', 'failed', 'cut', 'refused']),
	/** The HTTP status; null without an answer. */
	status: z.number().int().nullable(),
	requests: z.number().int(),
	/** Of what was sent, the text that left this machine, and of what came. */
	sentBytes: z.number().int(),
	receivedBytes: z.number().int(),
	/** Of all of them together. */
	ms: z.number().int(),
	/** Null where nobody is known; the name null where the account was deleted since. */
	askedBy: z.object({ accountId: z.string(), name: z.string().nullable() }).nullable(),
});
export type OutboundEntry = z.infer<typeof outboundEntry>;

/** All connections to one server. */
export const outboundHost = z.object({
	host: z.string(),
	/** Those that were sent, and those that were not for being offline. */
	sent: z.number().int(),
	refused: z.number().int(),
	sentBytes: z.number().int(),
	receivedBytes: z.number().int(),
	lastAt: z.number().int(),
});
export type OutboundHost = z.infer<typeof outboundHost>;

const filter = z.strictObject({ host: z.string().max(300).nullable().default(null) });

export const outbound = {
	/** The newest first; `before` is the id that the page before ended with. */
	list: procedure('admin')
		.input(filter.extend({ before: z.number().int().nullable().default(null), limit: z.number().int().min(1).max(500).default(200) }))
		.output(z.object({ entries: z.array(outboundEntry), hasMore: z.boolean() })),
	/** The sums by server, the one asked most lately first. */
	hosts: procedure('admin').output(z.array(outboundHost)),
	exportCsv: procedure('admin', [], { audit: 'self' })
		.input(filter)
		.output(z.object({ fileName: z.string(), text: z.string() })),
};
