import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../rpc/guard.ts';
import { signInPage } from './signInPage.ts';

/** What the browser host needs to know of accounts. */
export interface SignInDoor {
	/** Opens a session for a one-time token; null when the token is unknown, used or too old. */
	redeem(token: string, device: string): { secret: string; expiresAt: number } | null;
	/** Who a session's secret stands for, now; null once it has ended. */
	principalOfSession(secret: string): Principal | null;
	/** Calls the listener with each session that ends; the answer undoes it. */
	onSessionEnded(listener: (sessionId: string) => void): () => void;
}

const cookieName = 'homeroom_session';
const triesAMinute = 30;

/** The session's secret that a request carries in its cookie, or null. */
export function sessionSecret(server: FastifyInstance, cookieHeader: string | undefined): string | null {
	return (cookieHeader && server.parseCookie(cookieHeader)[cookieName]) || null;
}

/**
 * GET /sign-in?token=…: takes a one-time token, leaves the session in a cookie that no script can read, and goes to the page.
 *
 * A token that is no good is answered with a page that says what to do, and `onLinkWanted` is told.
 */
export async function addSignIn(server: FastifyInstance, options: { door: SignInDoor; onLinkWanted: () => void }): Promise<void> {
	await server.register(fastifyRateLimit, {
		global: false,
		addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': true },
		addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
	});
	server.get(
		'/sign-in',
		{ exposeHeadRoute: false, config: { rateLimit: { max: triesAMinute, timeWindow: 60_000 } } },
		(request: FastifyRequest<{ Querystring: { token?: unknown } }>, reply) => {
			const { token } = request.query;
			const session = typeof token === 'string' ? options.door.redeem(token, request.headers['user-agent'] ?? '') : null;
			if (session === null) {
				// Who is signed in already and opens an old link wants the app, not a lesson.
				const secret = sessionSecret(server, request.headers.cookie);
				if (secret !== null && options.door.principalOfSession(secret) !== null) return reply.redirect('/', 303);
				options.onLinkWanted();
				return sendSignInPage(reply, request.nonce, 'linkUsed');
			}
			const maxAge = Math.max(0, Math.floor((session.expiresAt - Date.now()) / 1000));
			return reply.setCookie(cookieName, session.secret, { path: '/', httpOnly: true, sameSite: 'strict', maxAge }).redirect('/', 303);
		},
	);
}

/** The page for a browser that is not signed in. */
export function sendSignInPage(reply: FastifyReply, nonce: string, why: 'signedOut' | 'linkUsed' | 'tooMany'): FastifyReply {
	return reply
		.code(why === 'tooMany' ? 429 : 401)
		.type('text/html; charset=utf-8')
		.send(signInPage({ nonce, why }));
}
