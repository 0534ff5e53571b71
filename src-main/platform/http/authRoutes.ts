import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { credentials, type DoorState, setupOrder } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import { originKey } from '../network/originKey.ts';
import { invalidInput } from '../rpc/invalidInput.ts';
import { cookieOf, giveCookies, takeCookies } from './cookies.ts';
import { identify } from './identify.ts';
import type { Place, TokenSet, WebDoor } from './WebDoor.ts';

export const longestBodyBytes = 4096;
/**
 * What one address may ask for in a minute, whatever comes of it; the door itself slows down whoever guesses. All people of a machine come
 * from one, so that the browsers known to an account are counted by that.
 */
const requestsAMinute = 600;

const codeOrder = z.strictObject({ code: z.string().max(100) });
const nothing = z.strictObject({});

/**
 * /auth: where a browser signs in and out, since only an answer of HTTP can set a cookie.
 *
 * Bodies are JSON that the contract's schemas accept, of at most 4 KiB; every failure is one of the closed list. The access token goes
 * along with every request; the refresh token, good once, only comes here.
 */
export async function authRoutes(server: FastifyInstance, { door }: { door: WebDoor }): Promise<void> {
	await server.register(fastifyRateLimit, {
		max: requestsAMinute,
		timeWindow: 60_000,
		keyGenerator: async (request) => (await knownTo(door, request)) ?? originKey(request.ip),
		addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': true },
		addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
		errorResponseBuilder: (_request, { ttl }) => failure('TOO_MANY_TRIES', { retryAfterMs: ttl }),
	});
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: longestBodyBytes }, (_request, body, done) => done(null, body));

	server.get('/auth/door', async (request): Promise<DoorState> => {
		return { isSignedIn: (await identify(door, request.headers)) !== null, isSetUp: door.isSetUp };
	});
	// Whoever was signed in here before is not any more.
	server.post('/auth/sign-in', async (request, reply) => {
		const tokens = await door.signIn(read(request, credentials), placeOf(request), await knownTo(door, request));
		await signOut(request);
		return give(reply, tokens);
	});
	server.post('/auth/set-up', async (request, reply) => {
		const tokens = await door.setUp(read(request, setupOrder), placeOf(request));
		await signOut(request);
		return give(reply, tokens);
	});
	server.post('/auth/code', async (request) => ({ name: door.nameOfCode(read(request, codeOrder).code, request.ip) }));
	server.post('/auth/refresh', async (request, reply) => {
		read(request, nothing);
		const token = cookieOf(request.headers, 'refresh');
		const tokens = token === null ? null : await door.refresh(token, request.ip);
		if (tokens !== null) return give(reply, tokens);
		takeCookies(reply);
		throw failure('NOT_SIGNED_IN', {});
	});
	server.post('/auth/sign-out', async (request, reply) => {
		read(request, nothing);
		await signOut(request);
		takeCookies(reply);
		return reply.code(204).send();
	});

	const signOut = ({ headers, ip }: FastifyRequest) => door.signOutWith({ access: cookieOf(headers, 'access'), refresh: cookieOf(headers, 'refresh') }, ip);
}

async function knownTo(door: WebDoor, { headers }: FastifyRequest): Promise<string | null> {
	const token = cookieOf(headers, 'known');
	return token === null ? null : await door.recognize(token);
}

function give(reply: FastifyReply, tokens: TokenSet): FastifyReply {
	giveCookies(reply, tokens);
	return reply.code(204).send();
}

function read<Shape extends z.ZodType>({ body }: FastifyRequest, shape: Shape): z.output<Shape> {
	const parsed = shape.safeParse(typeof body === 'string' ? parseJson(body) : undefined);
	if (parsed.success) return parsed.data;
	throw invalidInput(parsed.error.issues);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function placeOf(request: FastifyRequest): Place {
	return { device: request.headers['user-agent'] ?? '', address: request.ip };
}
