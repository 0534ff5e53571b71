import { randomBytes, randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import fastifyCookie from '@fastify/cookie';
import type { AnyRouter } from '@orpc/server';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Failure, failure, isFailure } from '#contract/errors.ts';
import { refusal } from '../rpc/guard.ts';
import { serveCalls } from '../rpc/serveCalls.ts';
import { refuseKnock } from './admission.ts';
import { openCallSockets } from './callSockets.ts';
import type { RendererFiles } from './rendererFiles.ts';
import { contentSecurityPolicy, securityHeaders } from './securityHeaders.ts';
import { addSignIn, type SignInDoor, sendSignInPage, sessionSecret } from './signIn.ts';
import { receiveUpload, removeUnfinishedUploads } from './uploads.ts';

declare module 'fastify' {
	interface FastifyRequest {
		/** Lets this answer's own style sheet in, and no other. */
		nonce: string;
	}
}

export interface WebHostOptions {
	router: AnyRouter;
	door: SignInDoor;
	renderer: RendererFiles;
	uploadsFolder: string;
	log: Logger;
	address: { host: '127.0.0.1' | '::1'; port: number };
	/** Somebody who is not signed in stands at the door: a fresh link should be printed. Called at most once a minute. */
	onLinkWanted(): void;
	/** Answers for the built renderer while it is being developed (scripts/dev): Vite's own server and a looser policy for it. */
	developing?: {
		middleware: (request: IncomingMessage, response: http.ServerResponse, next: () => void) => void;
		contentSecurityPolicy: (nonce: string) => string;
	};
}

export interface WebHost {
	/** Such as `http://127.0.0.1:4600`, as read back from the socket. */
	origin: string;
	address: AddressInfo;
	/** Takes no new connections, says goodbye to the open ones and waits until they are gone. */
	close(): Promise<void>;
}

const linkEveryMs = 60_000;

/**
 * Serves the app to browsers on this machine: the page, its calls over a WebSocket at /rpc, and files sent to /upload.
 *
 * Nothing answers before the Host and the Origin are right (admission.ts), and nothing but /sign-in without a session. Every answer
 * carries the same security headers and, where it is a failure, a code of the closed list and nothing more.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
	const { door, log } = options;
	await removeUnfinishedUploads(options.uploadsFolder);
	const sockets = openCallSockets({ door, serve: serveCalls({ router: options.router, log }), log });
	const server = fastify({ serverFactory: (handler) => createServer(handler), forceCloseConnections: true, logger: false });
	await server.register(fastifyCookie);
	server.decorateRequest('nonce', '');
	server.addHook('onRequest', async (request, reply) => {
		request.nonce = randomBytes(16).toString('base64');
		reply.headers(securityHeaders).header('cache-control', 'no-store').header('content-security-policy', policyOf(options, request.nonce));
	});
	server.setErrorHandler((error, request, reply) => answerError(error, request, reply, log));
	const onLinkWanted = atMostEvery(linkEveryMs, options.onLinkWanted);
	await addSignIn(server, { door, onLinkWanted });
	addPages(server, options, onLinkWanted);
	addUploads(server, options);
	server.server.on('upgrade', (request, socket, head) => {
		// Node stops listening for errors of a socket that it hands over.
		socket.on('error', () => socket.destroy());
		const refused = refuseKnock(request, { port: portOf(server.server), isUpgrade: true });
		const secret = sessionSecret(server, request.headers.cookie);
		if (refused !== null) refuseUpgrade(socket, 403);
		else if (request.url !== '/rpc') refuseUpgrade(socket, 404);
		else if (secret === null || door.principalOfSession(secret) === null) refuseUpgrade(socket, 401);
		else sockets.accept(request, socket, head, secret);
	});
	await server.listen({ host: options.address.host, port: options.address.port });
	const address = addressOf(server.server);
	return {
		origin: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
		address,
		async close() {
			const closed = server.close();
			await sockets.close();
			await closed;
		},
	};
}

/** A Node server that lets a request through to fastify only once it is admitted. */
function createServer(handler: RequestListener): Server {
	// Host is checked by us: a request without one is refused like any other that is not for us, with 403.
	const server: Server = http.createServer({ requireHostHeader: false, headersTimeout: 10_000, requestTimeout: 0 }, (request, response) => {
		const refused = refuseKnock(request, { port: portOf(server), isUpgrade: false });
		if (refused === null) return handler(request, response);
		response.writeHead(403, { ...securityHeaders, 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8', connection: 'close' });
		response.end(request.method === 'HEAD' ? '' : JSON.stringify(failure('FORBIDDEN', {}).toJSON()));
	});
	// An upload goes on as long as it moves.
	server.setTimeout(60_000);
	return server;
}

function addPages(server: FastifyInstance, options: WebHostOptions, onLinkWanted: () => void): void {
	const { door, renderer, developing } = options;
	const isSignedIn = (request: FastifyRequest) => {
		const secret = sessionSecret(server, request.headers.cookie);
		return secret !== null && door.principalOfSession(secret) !== null;
	};
	server.get('/', async (request, reply) => {
		if (!isSignedIn(request)) {
			onLinkWanted();
			return sendSignInPage(reply, request.nonce, 'signedOut');
		}
		return reply.type('text/html; charset=utf-8').send(await renderer.page(request.nonce));
	});
	server.get('/*', async (request, reply) => {
		if (!isSignedIn(request)) throw failure('NOT_SIGNED_IN', {});
		if (developing) {
			for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
			reply.hijack();
			return developing.middleware(request.raw, reply.raw, () => reply.raw.writeHead(404).end());
		}
		const file = await renderer.file(new URL(request.url, 'http://page').pathname);
		if (file === null) throw failure('NOT_FOUND', { what: 'page' });
		return reply.type(file.contentType).header('cache-control', file.cacheControl).send(file.bytes);
	});
	server.setNotFoundHandler(() => {
		throw failure('NOT_FOUND', { what: 'page' });
	});
}

function addUploads(server: FastifyInstance, options: WebHostOptions): void {
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('application/octet-stream', (_request, _body, done) => done(null));
	server.put(
		'/upload/:id',
		{
			bodyLimit: Number.MAX_SAFE_INTEGER,
			// Before the body is looked at, so that nobody without the right can make us read it.
			onRequest: async (request) => {
				const secret = sessionSecret(server, request.headers.cookie);
				const refused = refusal(secret === null ? null : options.door.principalOfSession(secret), 'admin');
				if (refused) throw refused;
			},
		},
		async (request: FastifyRequest<{ Params: { id: string } }>) => {
			const announced = Number(request.headers['content-length']);
			const body: Readable = request.raw;
			return await receiveUpload(body, {
				folder: options.uploadsFolder,
				id: request.params.id,
				announcedBytes: Number.isSafeInteger(announced) ? announced : null,
			});
		},
	);
}

/** Answers with a failure of the closed list; what is none of ours is logged whole and answered with its request's id. */
function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): FastifyReply {
	const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
	if (status === 429 && !isFailure(error)) return sendSignInPage(reply, request.nonce, 'tooMany');
	const answer = isFailure(error) ? error : status < 500 ? failure('INVALID_INPUT', { issues: [] }) : bugReport(error, log);
	// A body that nobody reads any more must not be taken for the next request.
	if (request.method !== 'GET' && request.method !== 'HEAD') reply.header('connection', 'close');
	return reply.code(isFailure(error) || status >= 500 ? answer.status : status).send(answer.toJSON());
}

function bugReport(error: unknown, log: Logger): Failure {
	const requestId = randomUUID();
	log.error({ err: error, requestId }, 'a request failed');
	return failure('INTERNAL', { requestId });
}

function policyOf(options: WebHostOptions, nonce: string): string {
	return options.developing?.contentSecurityPolicy(nonce) ?? contentSecurityPolicy({ connect: "'self'", nonce });
}

function refuseUpgrade(socket: Duplex, status: 401 | 403 | 404): void {
	socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function addressOf(server: Server): AddressInfo {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server does not listen');
	return address;
}

function portOf(server: Server): number {
	return addressOf(server).port;
}

function atMostEvery(periodMs: number, act: () => void): () => void {
	let last = Number.NEGATIVE_INFINITY;
	return () => {
		const now = performance.now();
		if (now - last < periodMs) return;
		last = now;
		act();
	};
}
