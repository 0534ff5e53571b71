import { StandardOpenAPIHandler } from '@orpc/openapi/standard';
import type { AnyRouter } from '@orpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { api } from '#contract/api.ts';
import { type Failure, failure, isFailure } from '#contract/errors.ts';
import { type CallContext, type Gate, toAnswer } from '../../../platform/rpc/guard.ts';
import type { ModelNames } from '../ModelNames.ts';
import { apiRoutesOf } from './apiRoutesOf.ts';
import type { ApiTools } from './apiTools.ts';
import { authHandlers, userHandlers } from './authHandlers.ts';
import { docsPage, docsPolicy } from './docsPage.ts';
import { healthHandlers } from './healthHandlers.ts';
import { jobHandlers, tokenHandlers } from './jobHandlers.ts';
import { modelHandlers } from './modelHandlers.ts';
import { describeApi } from './openapi.ts';
import { refusalOf } from './refusalOf.ts';
import { taskHandlers } from './taskHandlers.ts';

export interface ApiOptions extends ApiTools {
	gate: Gate;
	log: Logger;
}

/** The most that one request holds: a file of 16 MiB in base64, and what is around it. */
const longestBody = 25_165_824;
/** A file of that size takes its time on the way. */
const bodyMs = 120_000;

/**
 * /api/v1, /health, /openapi.json and /docs, as a plugin of the gateway's server, which has seen to it who asks (`request.principal`) and when they
 * leave (`request.left`).
 *
 * Every route of the contract is a route of the server, with the rights and the scopes that it declares; whatever goes wrong is answered with a
 * failure of the closed list, in the form of S4.
 */
export async function apiRoutes(server: FastifyInstance, options: ApiOptions): Promise<void> {
	const { gate, log, version } = options;
	// oRPC's handler takes any router; this one is made of the contract's own handlers.
	const handler = new StandardOpenAPIHandler<ApiContext>(apiRouter(options) as AnyRouter, {
		interceptors: [
			async ({ next, context, request }) => {
				try {
					return await next();
				} catch (error) {
					const isUnread = !isFailure(error) && !context.isCall;
					context.refusal = isUnread ? unreadable() : (toAnswer(error, context, [request.url.pathname]) as Failure);
					throw context.refusal;
				}
			},
		],
		clientInterceptors: [
			({ next, context }) => {
				context.isCall = true;
				return next();
			},
		],
	});

	const answer = async (request: FastifyRequest, reply: FastifyReply) => {
		const { principal, id: requestId, ip: origin, left: signal, headers, method, params, body } = request;
		// An address is made even before it is matched; none of ours has such a name.
		if (Object.values({ ...(params as Record<string, string>) }).some((param) => ['', '.', '..'].includes(param)))
			throw failure('NOT_FOUND', { what: 'route' });
		request.modelName = modelNameOf(request, options.names);
		const context: ApiContext = { principal, requestId, log, gate, origin, seat: null, isCall: false, refusal: null };
		const standard = { method, url: new URL(request.url, 'http://gateway'), headers, body: async () => body, signal };
		const { response } = await handler.handle(standard, { context });
		if (context.refusal) throw context.refusal;
		if (!response) throw failure('NOT_FOUND', { what: 'route' });
		return await reply.code(response.status).type('application/json; charset=utf-8').send(response.body);
	};

	server.setErrorHandler((error, _request, reply) => reply.send(refusalOf(reply.failed(error))));
	const routes = apiRoutesOf(api);
	const forms = routes.map(({ method, path }) => ({ method, form: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));
	for (const { method, path, requires, scopes } of routes) {
		const url = path.replace(/\{(\w+)\}/g, ':$1');
		server.route({ method, url, bodyLimit: longestBody, config: { requires, scope: scopes, bodyMs }, handler: answer });
	}

	// What is unknown here is told in the form of this API, not in OpenAI's.
	server.route({
		method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
		url: '/api/*',
		config: { requires: 'nobody' },
		handler: async ({ url, method: askedBy }) => {
			const asked = url.replace(/\?.*$/s, '');
			const methods = new Set(forms.filter(({ form }) => form.test(asked)).map(({ method }) => method));
			const allow = [...methods].join(', ');
			// One that is asked as it takes it came to no route: a part of it is longer than any name.
			throw allow === '' || [...methods].some((method) => method === askedBy) ? failure('NOT_FOUND', { what: 'route' }) : failure('METHOD_WRONG', { allow });
		},
	});

	const document = describeApi(version);
	// Whoever asks is told what went wrong.
	document.catch(() => {});
	const config = { requires: 'nobody' } as const;
	server.get('/openapi.json', { config }, async (_request, reply) => reply.type('application/json; charset=utf-8').send(await document));
	server.get('/docs', { config }, async (_request, reply) =>
		reply
			.type('text/html; charset=utf-8')
			.header('content-security-policy', docsPolicy)
			.send(docsPage(await document)),
	);
}

function apiRouter(options: ApiOptions) {
	return {
		api: {
			auth: authHandlers(options),
			models: modelHandlers(options),
			tasks: taskHandlers(options),
			jobs: jobHandlers(options),
			tokens: tokenHandlers(options),
			users: userHandlers(options),
			health: healthHandlers(options),
		},
	};
}

interface ApiContext extends CallContext {
	/** The input is decoded: from here on its guard answers for whatever goes wrong. */
	isCall: boolean;
	/** What it was refused with. */
	refusal: Failure | null;
}

function unreadable(): Failure {
	return failure('INVALID_INPUT', { issues: [{ path: '', message: 'The request could not be read.' }] });
}

/** The model that a request is about, by the name that it has here: what callers write is no name for a log. */
function modelNameOf({ principal, params, body }: FastifyRequest, names: ModelNames): string | null {
	const wished = fieldOf(params, 'name') ?? fieldOf(body, 'model');
	if (principal === null || wished === null) return null;
	return names.list(principal.accountId).find(({ id, name }) => id === wished || name === wished)?.name ?? null;
}

function fieldOf(value: unknown, name: string): string | null {
	const field = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : null;
	return typeof field === 'string' ? field : null;
}
