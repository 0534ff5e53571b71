import { randomBytes, randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import fastifyCookie from '@fastify/cookie';
import type { AnyRouter } from '@orpc/server';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Failure, failure, isFailure } from '#contract/errors.ts';
import { type Gate, refusal } from '../rpc/guard.ts';
import { serveCalls } from '../rpc/serveCalls.ts';
import { refuseKnock } from './admission.ts';
import { authRoutes, longestBodyBytes } from './authRoutes.ts';
import { openCallSockets } from './callSockets.ts';
import { identify } from './identify.ts';
import type { RendererFiles } from './rendererFiles.ts';
import { contentSecurityPolicy, securityHeaders } from './securityHeaders.ts';
import { receiveUpload, removeUnfinishedUploads } from './uploads.ts';
import type { WebDoor } from './WebDoor.ts';

declare module 'fastify' {
	interface FastifyRequest {
		/** Lets this answer's own style sheet in, and no other. */
		nonce: string;
	}
}

export interface WebHostOptions {
	router: AnyRouter;
	gate: Gate;
	door: WebDoor;
	renderer: RendererFiles;
	uploadsFolder: string;
	log: Logger;
	address: { host: '127.0.0.1' | '::1'; port: number };
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

/**
 * Serves the app to browsers on this machine: the page, its calls over a WebSocket at /rpc, and files sent to /upload.
 *
 * Nothing answers before the Host and the Origin are right (admission.ts). The page is everybody's, since signing in is a part of it;
 * besides it and /auth, nothing is heard of anyone who has not proved who it is. Every answer carries the same security headers and,
 * where it is a failure, a code of the closed list and nothing more.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
	const { door, log } = options;
	await removeUnfinishedUploads(options.uploadsFolder);
	const sockets = openCallSockets({ door, serve: serveCalls({ router: options.router, gate: options.gate, log }), log });
	const server = fastify({ serverFactory: (handler) => createServer(handler), forceCloseConnections: true, logger: false });
	await server.register(fastifyCookie);
	server.decorateRequest('nonce', '');
	server.addHook('onRequest', async (request, reply) => {
		request.nonce = randomBytes(16).toString('base64');
		reply.headers(securityHeaders).header('cache-control', 'no-store').header('content-security-policy', policyOf(options, request.nonce));
	});
	server.setErrorHandler((error, request, reply) => answerError(error, request, reply, log));
	addPages(server, options);
	addUploads(server, options);
	await server.register(authRoutes, { door });
	server.server.on('upgrade', (request, socket, head) => {
		// Node stops listening for errors of a socket that it hands over.
		socket.on('error', () => socket.destroy());
		void answerUpgrade(request, socket, head).catch((error) => {
			log.error({ err: error }, 'a connection could not be taken over');
			socket.destroy();
		});
	});
	async function answerUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		if (refuseKnock(request, { port: portOf(server.server), isUpgrade: true }) !== null) return refuseUpgrade(socket, 403);
		if (request.url !== '/rpc') return refuseUpgrade(socket, 404);
		const principal = await identify(door, request.headers);
		if (principal === null) refuseUpgrade(socket, 401);
		else sockets.accept(request, socket, head, principal);
	}
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

function addPages(server: FastifyInstance, { renderer, developing }: WebHostOptions): void {
	server.get('/', async (request, reply) => reply.type('text/html; charset=utf-8').send(await renderer.page(request.nonce)));
	server.get('/*', async (request, reply) => {
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
				const principal = await identify(options.door, request.headers);
				const refused = refusal(principal?.() ?? null, 'admin', 'library');
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
	const answer = isFailure(error) ? error : status < 500 ? refusalOf(status) : bugReport(error, log);
	// A body that nobody reads any more must not be taken for the next request.
	if (request.method !== 'GET' && request.method !== 'HEAD') reply.header('connection', 'close');
	return reply.code(isFailure(error) || status >= 500 ? answer.status : status).send(answer.toJSON());
}

/** What fastify itself refuses: a body of a type or a size that is not taken here. */
function refusalOf(status: number): Failure {
	return status === 413 ? failure('TOO_LARGE', { limitBytes: longestBodyBytes }) : failure('INVALID_INPUT', { issues: [] });
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
