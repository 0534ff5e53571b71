import { randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import fastifyRateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Requires } from '#contract/define.ts';
import { type Failure, failure, isFailure } from '#contract/errors.ts';
import { securityHeaders } from '../../platform/http/securityHeaders.ts';
import type { WebDoor } from '../../platform/http/WebDoor.ts';
import { originKey } from '../../platform/network/originKey.ts';
import { fitsLimits } from '../../platform/rpc/fitsLimits.ts';
import { type Principal, refusal } from '../../platform/rpc/guard.ts';
import type { RequestRecord } from '../monitor/monitor.ts';
import { type Admitted, admit, hostsOf } from './admission.ts';
import { refusalOf } from './api/refusalOf.ts';
import { within } from './eventStream.ts';
import { type Identity, identifyProgram } from './identifyProgram.ts';
import { openaiError } from './v1/openaiError.ts';

declare module 'fastify' {
	interface FastifyRequest {
		/** Who asks; null where nobody proved to be anybody, which only routes that require `nobody` get to see. */
		principal: Principal | null;
		/** Aborts when whoever asked leaves, may not ask any more, or the gateway closes. */
		left: AbortSignal;
		/** The model that it is about, for the log. */
		modelName: string | null;
		/** The failure of the closed list that an error is answered with; a bug is logged whole. */
		failureOf(error: unknown): Failure;
	}
	interface FastifyReply {
		/** The same, with the status and the Retry-After of this answer set by it. */
		failed(error: unknown): Failure;
	}
	interface FastifyContextConfig {
		/** The least role that is answered; `user` where it is left out. */
		requires?: Requires;
		/** What a key must have been made for, any of these; left out: no key will do. */
		scope?: string | readonly string[];
		/** How long a request may take to come whole. */
		bodyMs?: number;
	}
}

/** How patient the server is, and how much it takes. Tests turn these. */
export interface ServerLimits {
	headersMs: number;
	bodyMs: number;
	/** Of a JSON body, in bytes. */
	longestBody: number;
	connections: number;
	/** Requests that one address may make in a minute, whoever they are of. */
	addressPerMinute: number;
}
export const usualLimits: ServerLimits = { headersMs: 10_000, bodyMs: 30_000, longestBody: 4_194_304, connections: 1024, addressPerMinute: 6000 };

export interface ServerOptions {
	address: { host: string; port: number };
	/** Values of Host beside loopback's, without a port, and the pages that may ask. */
	names: readonly string[];
	origins: readonly string[];
	/** With which it speaks HTTPS; null: plain HTTP. */
	certificate: { cert: string; key: string } | null;
	door: Pick<WebDoor, 'identify' | 'onChange'>;
	/** Throws where this caller is not answered here, whatever it asks. */
	refuseCaller(principal: Principal): void;
	/** How many requests this caller may make in a minute. */
	perMinute(principal: Principal): number;
	/** What is answered, each as a plugin of fastify. */
	routes: readonly ((server: FastifyInstance) => Promise<void>)[];
	record(request: RequestRecord): void;
	/** Told of some of those that were not admitted: no more than one a second of each kind. */
	recordStranger(request: RequestRecord): void;
	log: Logger;
	limits: ServerLimits;
}

export interface OpenServer {
	/** As read back from the socket. */
	address: AddressInfo;
	close(): Promise<void>;
}

/** How long what is being answered may take to come to its end when the server closes. */
const endMs = 2000;

/** Why a request's work ends before its answer does. */
const leaving = new Error('whoever asked has left');

/** The same headers as helmet's for an API: nothing of what is answered is a page, and no page may hold it. */
const answerHeaders = {
	...securityHeaders,
	'cache-control': 'no-store',
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
	'x-dns-prefetch-control': 'off',
	'x-download-options': 'noopen',
	'x-permitted-cross-domain-policies': 'none',
	'x-xss-protection': '0',
};
const shownHeaders = 'x-request-id, x-homeroom-cache, retry-after, x-ratelimit-limit-requests, x-ratelimit-remaining-requests';

/** Opens the server for other programs. Nothing of a request is looked at before it is admitted, and nobody is answered without having proved who it is. */
export async function openServer(options: ServerOptions): Promise<OpenServer> {
	const { limits, log } = options;
	const admitted: Admitted = { hosts: new Set(), origins: new Set(options.origins) };
	/** Called whenever nothing is being answered any more. */
	let emptied = () => {};
	/** With which failure each was answered. */
	const codes = new WeakMap<FastifyRequest, string>();
	const live = new Map<FastifyRequest, { controller: AbortController; identity: Identity | null }>();
	const server = fastify({
		serverFactory: (handler) => createServer(handler, options, admitted),
		forceCloseConnections: true,
		bodyLimit: limits.longestBody,
		genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
		logger: false,
		routerOptions: { maxParamLength: 500 },
		// One that reads nothing of the sort: an answer is never about what a query or a header adds to it.
		exposeHeadRoutes: false,
		// An address that cannot be decoded comes to no route, and so past all hooks.
		frameworkErrors: (error, request, reply) => answerAtOnce(request.raw, reply.raw, toFailure(error, request, limits, log)),
		clientErrorHandler: answerUnread,
	});
	server.decorateRequest('principal', null);
	server.decorateRequest('modelName', null);
	server.decorateRequest('left', null as unknown as AbortSignal);
	server.decorateRequest('failureOf', function failureOf(this: FastifyRequest, error: unknown) {
		const failed = toFailure(error, this, limits, log);
		codes.set(this, failed.code);
		return failed;
	});
	server.decorateReply('failed', function failed(this: FastifyReply, error: unknown) {
		const answer = this.request.failureOf(error);
		this.code(answer.status);
		if (answer.status === 401) this.header('www-authenticate', 'Bearer');
		if ('allow' in answer.data) this.header('allow', answer.data.allow);
		if ('retryAfterMs' in answer.data && answer.data.retryAfterMs !== null) this.header('retry-after', Math.max(1, Math.ceil(answer.data.retryAfterMs / 1000)));
		return answer;
	});
	await server.register(fastifyRateLimit, { global: false });
	/** What each connection is counted as: many requests come by one. */
	const addressKeys = new WeakMap<Socket, string>();
	const keyOf = ({ raw: { socket }, ip }: FastifyRequest) => {
		const key = addressKeys.get(socket) ?? originKey(ip);
		addressKeys.set(socket, key);
		return key;
	};
	const ofAddress = server.createRateLimit({ max: limits.addressPerMinute, timeWindow: 60_000, keyGenerator: keyOf });
	const ofCaller = server.createRateLimit({
		max: ({ principal }) => (principal ? options.perMinute(principal) : 0),
		timeWindow: 60_000,
		keyGenerator: ({ principal }) => principal?.key?.id ?? principal?.accountId ?? '',
	});

	server.addHook('onRequest', async (request, reply) => {
		const controller = new AbortController();
		request.left = controller.signal;
		const entry: { controller: AbortController; identity: Identity | null } = { controller, identity: null };
		live.set(request, entry);
		reply.raw.once('close', () => {
			live.delete(request);
			if (live.size === 0) emptied();
			if (!reply.raw.writableFinished) controller.abort(leaving);
		});
		reply.headers(answerHeaders).header('x-request-id', request.id);
		if (options.certificate) reply.header('strict-transport-security', 'max-age=15552000');
		const { origin } = request.headers;
		// Only those that are listed have come so far.
		if (origin !== undefined) reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', shownHeaders);
		reply.header('vary', 'origin');
		const { requires = 'user', scope = [], bodyMs = limits.bodyMs } = request.routeOptions.config;
		limitBody(request, bodyMs);
		refuseExcess(await ofAddress(request), 'address');
		if (request.is404) return;
		const identity = await identifyProgram(options.door, request.headers.authorization);
		request.principal = identity?.principal ?? null;
		entry.identity = identity;
		const scopes = [scope].flat();
		const refused = refusal(request.principal, requires, ...scopes);
		if (refused) throw inWordsOfPrograms(refused, request, scopes);
		if (request.principal === null) return;
		options.refuseCaller(request.principal);
		const counted = await ofCaller(request);
		if (!counted.isAllowed) reply.header('x-ratelimit-limit-requests', counted.max).header('x-ratelimit-remaining-requests', counted.remaining);
		refuseExcess(counted, 'key');
	});
	server.addHook('onResponse', (request, reply, done) => {
		const { id: requestId, principal, method, modelName } = request;
		const route = request.is404 ? null : (request.routeOptions.url ?? null);
		const [accountId, keyId] = [principal?.accountId ?? null, principal?.key?.id ?? null];
		const code = codes.get(request) ?? null;
		const told = { requestId, route, status: reply.statusCode, code, ms: Math.round(reply.elapsedTime * 10) / 10, accountId, keyId, modelName };
		log.info({ ...told, method }, 'a request of a program');
		options.record(told);
		done();
	});
	addJson(server);
	server.setErrorHandler((error, request, reply) => reply.send(refusalFor(request.url, reply.failed(error))));
	server.setNotFoundHandler((request, reply) => {
		const url = request.url.replace(/\?.*$/s, '');
		const allow = ['GET', 'POST'].filter((method) => server.hasRoute({ method, url })).join(', ');
		reply.send(refusalFor(request.url, reply.failed(allow === '' ? failure('NOT_FOUND', { what: 'route' }) : failure('METHOD_WRONG', { allow }))));
	});
	for (const routes of options.routes) await server.register(async (scoped) => await routes(scoped));

	// What has ended or was changed by which somebody may ask ends also what is being answered.
	const unsubscribe = options.door.onChange(() => {
		for (const { controller, identity } of live.values()) if (identity?.isStill() === false) controller.abort(failure('NOT_SIGNED_IN', {}));
	});
	try {
		await server.listen(options.address);
	} catch (error) {
		unsubscribe();
		await server.close();
		throw error;
	}
	const address = addressOf(server.server);
	for (const host of hostsOf(options.names, address.port, options.certificate !== null)) (admitted.hosts as Set<string>).add(host);
	return {
		address,
		async close() {
			unsubscribe();
			for (const { controller } of live.values()) controller.abort(failure('SHUTTING_DOWN', {}));
			// What was made until then is told and charged, while there is a database to charge it to.
			if (live.size > 0) await within(new Promise<void>((resolve) => (emptied = resolve)), endMs);
			await server.close();
		},
	};
}

/** A Node server that lets a request through to fastify only once it is admitted, and answers preflights itself. */
function createServer(
	handler: (request: IncomingMessage, response: ServerResponse) => void,
	{ certificate, limits, log, recordStranger }: ServerOptions,
	admitted: Admitted,
): Server {
	const toldAt = new Map<string, number>();
	const listener = (request: IncomingMessage, response: ServerResponse) => {
		const admission = admit(request, admitted);
		if (admission.kind === 'admitted') return handler(request, response);
		if (admission.kind === 'preflight') return answerPreflight(request, response, admission.origin);
		answerAtOnce(request, response, failure('NOT_ADMITTED', { reason: admission.why }));
		// Any page can make a browser ask without end: a line a second of each kind says as much.
		const now = performance.now();
		if (now - (toldAt.get(admission.why) ?? Number.NEGATIVE_INFINITY) < 1000) return;
		toldAt.set(admission.why, now);
		const told = { requestId: String(response.getHeader('x-request-id')), code: 'NOT_ADMITTED', status: 403 };
		log.info({ ...told, reason: admission.why }, 'a request of a program');
		recordStranger({ ...told, route: null, ms: 0, accountId: null, keyId: null, modelName: null });
	};
	const more = {
		// Host is checked by us, so that a request without one is refused like any other that is not for us.
		requireHostHeader: false,
		headersTimeout: limits.headersMs,
		// How long a body may take depends on what is sent (`bodyMs`).
		requestTimeout: 0,
		connectionsCheckingInterval: Math.min(1000, limits.headersMs),
		keepAliveTimeout: 15_000,
		maxHeaderSize: 16_384,
	};
	const server = certificate ? https.createServer({ ...more, ...certificate, minVersion: 'TLSv1.2' }, listener) : http.createServer(more, listener);
	server.maxConnections = limits.connections;
	return server;
}

/** Refuses what comes to no route: who was not admitted, and addresses that are none. */
function answerAtOnce(request: IncomingMessage, response: ServerResponse, refused: Failure): void {
	for (const [name, value] of Object.entries(answerHeaders)) response.setHeader(name, value);
	response.setHeader('x-request-id', requestIdOf(request.headers['x-request-id']));
	const json = Buffer.from(JSON.stringify(refusalFor(request.url, refused)));
	response.writeHead(refused.status, { 'content-type': 'application/json; charset=utf-8', 'content-length': json.length, connection: 'close' });
	response.end(request.method === 'HEAD' ? undefined : json);
}

/** A refusal in the form of the API that was asked: ours under /api and beside it, OpenAI's anywhere else. */
function refusalFor(url: string | undefined, refused: Failure): object {
	return /^\/(api|health|openapi|docs)\b/.test(url ?? '') ? refusalOf(refused) : openaiError(refused);
}

/** Answers what is no HTTP, too much of it, or too slow, as far as it can be told which API it is for. */
function answerUnread(error: { code: string; rawPacket?: unknown }, socket: Socket): void {
	if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
	const [, url] = /^[A-Z]{1,10} (\S{1,2000})/.exec(Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString('latin1', 0, 2020) : '') ?? [];
	const [status, message] =
		error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
			? ['408 Request Timeout', 'The request did not come whole in time.']
			: ['400 Bad Request', error.code === 'HPE_HEADER_OVERFLOW' ? 'The headers are longer than is read.' : 'This request cannot be read.'];
	const body = JSON.stringify(refusalFor(url, failure('INVALID_INPUT', { issues: [{ path: '', message }] })));
	const head = [`HTTP/1.1 ${status}`, 'content-type: application/json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`];
	socket.end([...head, 'connection: close', '', body].join('\r\n'));
}

/** What a program's author must know of a refusal: that its credential is no good, or that its key is made for something else. */
function inWordsOfPrograms(refused: Failure, { principal, headers }: FastifyRequest, scopes: readonly string[]): Failure {
	if (principal === null) return headers.authorization === undefined ? refused : failure('KEY_UNKNOWN', {});
	const { key } = principal;
	return key && !scopes.some((scope) => key.scopes.includes(scope)) ? failure('KEY_NOT_FOR_THIS', { scopes: scopes.join(', ') }) : refused;
}

function answerPreflight(request: IncomingMessage, response: ServerResponse, origin: string): void {
	const asked = request.headers['access-control-request-headers'] ?? '';
	const headers = /^[a-z0-9-]+( *, *[a-z0-9-]+)*$/i.test(asked) && asked.length < 2000 ? asked : 'authorization, content-type';
	response.writeHead(204, {
		...answerHeaders,
		'access-control-allow-origin': origin,
		'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
		// The page is one that is listed: which headers it sends does not matter.
		'access-control-allow-headers': headers,
		'access-control-max-age': '600',
		vary: 'origin',
	});
	response.end();
}

/** Bodies are JSON in UTF-8 to the letter, and of a shape that can be read at no more cost than their size. */
function addJson(server: FastifyInstance): void {
	server.removeAllContentTypeParsers();
	const utf8 = new TextDecoder('utf-8', { fatal: true });
	server.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => {
		const issue = (message: string) => failure('INVALID_INPUT', { issues: [{ path: '', message }] });
		if (body.length === 0) throw issue('The body is empty: JSON belongs in it.');
		try {
			const text = utf8.decode(body);
			if (!fitsLimits(text)) throw issue('This JSON is nested deeper, or has more values, than is read.');
			return JSON.parse(text) as unknown;
		} catch (error) {
			throw isFailure(error) ? error : issue(whyUnread(error));
		}
	});
}

/** What is wrong with a body, and where, as the engine of JavaScript tells it. */
function whyUnread(error: unknown): string {
	if (!(error instanceof SyntaxError)) return 'The body is not text in UTF-8. Compressed bodies are not read.';
	const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(error.message) ?? [];
	return line === undefined
		? 'The body is not JSON: it ends too early.'
		: `The body is not JSON: what stands at line ${line}, column ${column} does not belong there.`;
}

/** Ends the connection of whoever does not send a request whole in time. */
function limitBody({ raw }: FastifyRequest, ms: number): void {
	if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return;
	const timer = setTimeout(() => raw.destroy(), ms);
	const clear = () => clearTimeout(timer);
	raw.once('end', clear).once('close', clear);
}

function refuseExcess(counted: Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>, what: 'address' | 'key'): void {
	if (counted.isAllowed || !counted.isExceeded) return;
	throw failure('TOO_MANY_REQUESTS', { what, retryAfterMs: counted.ttl });
}

/** What is no failure of ours is what fastify itself refuses, or a bug. */
function toFailure(error: unknown, { id: requestId }: Pick<FastifyRequest, 'id'>, { longestBody }: ServerLimits, log: Logger): Failure {
	if (isFailure(error)) return error;
	// Nobody reads it.
	if (error === leaving) return failure('SHUTTING_DOWN', {});
	const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
	if (status === 413) return failure('TOO_LARGE', { limitBytes: longestBody });
	if (status === 415) return failure('WRONG_CONTENT_TYPE', {});
	if (status >= 400 && status < 500) return failure('INVALID_INPUT', { issues: [{ path: '', message: 'This request cannot be read.' }] });
	log.error({ err: error, requestId }, 'a request of a program failed');
	return failure('INTERNAL', { requestId });
}

/** What a program calls its request, so that it is found in the log; one that it has no good name for gets ours. */
function requestIdOf(given: string | string[] | undefined): string {
	return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

function addressOf(server: Server): AddressInfo {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server does not listen');
	return address;
}
