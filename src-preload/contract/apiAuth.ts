import { z } from 'zod';
import { accountName, doorFailures, passwordFailures, role } from './accounts.ts';
import { apiProcedure, enveloped, instant, paid } from './apiEnvelope.ts';
import { task } from './ledger.ts';

const typed = z.strictObject({ name: accountName, password: z.string().max(1000) });
const refreshToken = z.strictObject({ refresh_token: z.string().min(1).max(2000) });

/** What proves who somebody is: the access token goes along with every request, the refresh token is good once, for the next pair. */
const tokenPair = z.object({
	access_token: z.string(),
	refresh_token: z.string(),
	token_type: z.literal('Bearer'),
	expires_in: z.number().int().describe('In seconds.'),
	refresh_expires_in: z.number().int(),
});

/** An account as it sees itself. */
const profile = z.object({
	id: z.string(),
	name: z.string(),
	role,
	is_metered: z.boolean(),
	remaining_tokens: paid.remaining_tokens,
	used_this_month: z.number().int(),
	statistics: z.array(z.object({ task, requests: z.number().int(), tokens: z.number().int() })).describe('What it asked for since the first of the month.'),
});

const route = { tags: ['auth'] };

/** /api/v1/auth: who is there. */
export const apiAuth = {
	register: apiProcedure('nobody', [], ['REGISTRATION_CLOSED', 'PASSWORD_NEEDED', 'NAME_TAKEN', 'TOO_MANY_TRIES', ...passwordFailures])
		.route({
			...route,
			method: 'POST',
			path: '/api/v1/auth/register',
			summary: 'Make an account',
			description: 'Refused with REGISTRATION_CLOSED unless an administrator allows it. A password has at least 8 characters.',
		})
		.input(typed)
		.output(enveloped(z.object({ id: z.string(), name: z.string(), role, remaining_tokens: paid.remaining_tokens }))),
	login: apiProcedure('nobody', [], doorFailures)
		.route({ ...route, method: 'POST', path: '/api/v1/auth/login', summary: 'Sign in', description: 'Access for 30 minutes, and a refresh token for 7 days.' })
		.input(typed.extend({ name: z.string().max(200) }))
		.output(enveloped(tokenPair)),
	refresh: apiProcedure('nobody', [], ['KEY_UNKNOWN', ...doorFailures])
		.route({
			...route,
			method: 'POST',
			path: '/api/v1/auth/refresh',
			summary: 'Renew access',
			description: 'A refresh token is good once. One that is used again ends its session, since somebody has copied it.',
		})
		.input(refreshToken)
		.output(enveloped(tokenPair)),
	logout: apiProcedure('nobody', [])
		.route({
			...route,
			method: 'POST',
			path: '/api/v1/auth/logout',
			summary: 'Sign out',
			description: 'Ends the session of this refresh token. Safe to repeat.',
		})
		.input(refreshToken)
		.output(enveloped(z.null())),
	profile: apiProcedure('viewer', ['ledger'])
		.route({ ...route, method: 'GET', path: '/api/v1/auth/profile', summary: 'Who I am, what I have and what I used' })
		.output(enveloped(profile)),
};

const user = z.object({
	id: z.string(),
	name: z.string(),
	role,
	has_password: z.boolean(),
	is_disabled: z.boolean(),
	is_metered: z.boolean(),
	remaining_tokens: paid.remaining_tokens,
	last_seen_at: instant.nullable(),
});

/**
 * /api/v1/users: for administrators. A key can be made for it (`people`), and can give nobody more than a user's rights, so that a stolen one makes
 * no administrator.
 */
export const apiUsers = {
	list: apiProcedure('admin', ['people'])
		.route({ method: 'GET', path: '/api/v1/users', tags: ['users'], summary: 'Everybody with an account' })
		.output(enveloped(z.object({ users: z.array(user) }))),
	create: apiProcedure('admin', ['people'], ['NAME_TAKEN', 'PASSWORD_NEEDED'], { audit: 'made', auditFields: ['role'] })
		.route({
			method: 'POST',
			path: '/api/v1/users',
			tags: ['users'],
			summary: 'Make an account for somebody',
			description: 'The answer holds a code with which its person chooses a password; it is shown this once.',
		})
		.input(z.strictObject({ name: accountName, role: z.enum(['viewer', 'user']).default('user') }))
		.output(enveloped(z.object({ id: z.string(), user, setup_code: z.string(), setup_code_expires_at: instant }))),
	give: apiProcedure('admin', ['people'], ['INSUFFICIENT_TOKENS', 'IDEMPOTENCY_MISMATCH'], { audit: 'id', auditFields: ['tokens', 'request_id'] })
		.route({
			method: 'POST',
			path: '/api/v1/users/{id}/tokens',
			tags: ['users'],
			summary: 'Give an account tokens, or with fewer than 0 take some',
			description: 'Safe to repeat with the same `request_id`.',
		})
		.input(
			z.strictObject({
				id: z.string().max(100),
				request_id: z.string().min(8).max(100),
				tokens: z.number().int().min(-1_000_000_000).max(1_000_000_000),
			}),
		)
		.output(enveloped(z.object({ remaining_tokens: paid.remaining_tokens }))),
};
