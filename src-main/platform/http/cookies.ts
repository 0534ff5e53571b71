import type { IncomingHttpHeaders } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { TokenSet } from './WebDoor.ts';

/** The access token goes along with every request, the others with those alone that can use them. */
const cookies = {
	access: { name: 'homeroom_access', path: '/' },
	refresh: { name: 'homeroom_refresh', path: '/auth' },
	known: { name: 'homeroom_known', path: '/auth' },
} as const;
/** Out of reach for scripts, and for whatever another site asks of us. */
const guarded = { httpOnly: true, sameSite: 'strict' } as const;

/** The value of one of our cookies, or null. */
export function cookieOf(headers: IncomingHttpHeaders, kind: keyof typeof cookies): string | null {
	return (headers.cookie && fastifyCookie.parse(headers.cookie)[cookies[kind].name]) || null;
}

/** Leaves the tokens with the browser, each for as long as it is good. */
export function giveCookies(reply: FastifyReply, tokens: TokenSet): void {
	for (const kind of ['access', 'refresh', 'known'] as const) {
		const { name, path } = cookies[kind];
		reply.setCookie(name, tokens[kind].token, { ...guarded, path, maxAge: tokens[kind].lastsSeconds });
	}
}

/** Takes back what signs in. */
export function takeCookies(reply: FastifyReply): void {
	for (const { name, path } of [cookies.access, cookies.refresh]) reply.clearCookie(name, { ...guarded, path });
}
