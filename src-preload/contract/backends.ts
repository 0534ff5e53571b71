import { z } from 'zod';
import { backendKind } from './backendKinds.ts';
import { procedure } from './define.ts';

/** IPv4 addresses of this machine and its network: RFC 1122, 1918, 3927, 6598. */
const nearAddress = /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
/** An address that the paths of the API come after: no name and password, no query. Plain http goes to this machine and its network only. */
export const backendEndpoint = z
	.url({ protocol: /^https?$/ })
	.max(500)
	.refine((address) => {
		const { username, password, search, hash } = new URL(address);
		return username === '' && password === '' && search === '' && hash === '';
	})
	.refine((address) => {
		const { protocol, hostname } = new URL(address);
		return protocol === 'https:' || !/^\d+(\.\d+){3}$/.test(hostname) || nearAddress.test(hostname);
	});
const name = z.string().trim().min(1).max(80);
/** What a key may be: no blanks, as it goes into a header. */
export const backendKey = z
	.string()
	.trim()
	.regex(/^[\x21-\x7e]{1,512}$/);

export const backend = z.object({
	id: z.string(),
	name: z.string(),
	kind: backendKind,
	endpoint: z.string(),
	isEnabled: z.boolean(),
	/** The key itself is never told again. `lost`: one was kept, and cannot be read any more. */
	key: z.enum(['none', 'kept', 'lost']),
	keptIn: z.enum(['keychain', 'file']),
	/** Where the server is, as its address says: what is given to it leaves this machine but for `machine`. */
	place: z.enum(['machine', 'network', 'elsewhere']),
	createdAt: z.number().int(),
});
export type Backend = z.infer<typeof backend>;

const backendId = z.strictObject({ backendId: z.string() });
/** What asking a backend can fail with. */
export const backendFailures = [
	'OFFLINE',
	'NETWORK_FAILED',
	'SERVER_FAILED',
	'SERVER_CONFUSED',
	'RATE_LIMITED',
	'BACKEND_KEY_REFUSED',
	'BACKEND_UNPAID',
	'BACKEND_MODEL_UNKNOWN',
	'BACKEND_REFUSED',
	'BACKEND_SILENT',
	'BACKEND_OFF',
] as const;

export const backends = {
	/** By their names. */
	list: procedure('admin').output(z.array(backend)),
	add: procedure('admin', ['NAME_TAKEN'], { audit: 'made', auditFields: ['kind'] })
		.input(z.strictObject({ name, kind: backendKind, endpoint: backendEndpoint, key: backendKey.nullable() }))
		.output(backend),
	/** Changes what is named. Another server (scheme, host or port) gets no key that was given for the one before: with it, `key` is given anew or forgotten. */
	change: procedure('admin', ['NAME_TAKEN'], { audit: 'backendId', auditFields: ['kind', 'isEnabled'] })
		.input(
			backendId.extend({
				name: name.optional(),
				kind: backendKind.optional(),
				endpoint: backendEndpoint.optional(),
				key: backendKey.nullable().optional(),
				isEnabled: z.boolean().optional(),
			}),
		)
		.output(backend),
	/** BACKEND_IN_USE while a route leads to it. */
	remove: procedure('admin', ['BACKEND_IN_USE'], { audit: 'backendId' }).input(backendId).output(z.void()),
	/** Asks the server which models it has, also one that is switched off. */
	test: procedure('admin', backendFailures)
		.input(backendId)
		.output(z.object({ roundTripMs: z.number(), models: z.array(z.string()) })),
};
