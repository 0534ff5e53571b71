import type { Readable } from 'node:stream';
import { type Dispatcher, errors } from 'undici';
import { failure } from '#contract/errors.ts';
import { networkFailure } from './networkFailure.ts';

export type Headers = Record<string, string | undefined>;

/** What one server answered, before any redirect is followed. */
export interface HopAnswer {
	status: number;
	headers: Headers;
	body: Readable;
	/** Counts the bytes of the body as they come. */
	count: { bytes: number };
	/** Settles once nothing more comes: null when the answer was whole, a failure, or what else ended it: an abort, or a reader who wants no more. Never rejects. */
	ended: Promise<unknown>;
}

/**
 * Sends one request to one server and waits for the headers of its answer.
 *
 * Whatever goes wrong, before the headers or in the body, is a failure, or what `signal` was aborted with.
 *
 * @throws NETWORK_FAILED, REDIRECT_REFUSED
 */
export async function sendHop(options: {
	dispatcher: Dispatcher;
	url: URL;
	/** The host that led here by a redirect, if one did. */
	leader: string | undefined;
	method: string;
	headers: Record<string, string>;
	body: string | undefined;
	/** Called once the server is connected and the request goes to it. */
	onSend: () => void;
	signal: AbortSignal;
	timeoutMs: number;
	/** How long the body may be silent while its reader waits. */
	silenceMs: number;
}): Promise<HopAnswer> {
	const { url, signal } = options;
	signal.throwIfAborted();
	const { promise: ended, resolve: onEnd } = Promise.withResolvers<unknown>();
	const count = { bytes: 0 };
	const observed = options.dispatcher.compose(
		observe({ count, onSend: options.onSend, onEnd, describe: (error) => (signal.aborted ? signal.reason : networkFailure(error, url.host, options.leader)) }),
	);
	const { promise: given, reject: giveUp } = Promise.withResolvers<never>();
	const onAbort = () => giveUp(signal.reason);
	signal.addEventListener('abort', onAbort, { once: true });
	const timer = setTimeout(() => giveUp(failure('NETWORK_FAILED', { host: url.host, reason: 'timeout' })), options.timeoutMs);
	const stop = new AbortController();
	const asked = observed.request({
		origin: url.origin,
		path: url.pathname + url.search,
		method: options.method,
		headers: options.headers,
		body: options.body ?? null,
		signal: AbortSignal.any([signal, stop.signal]),
		// The timer above also counts the way to the server.
		headersTimeout: 0,
		bodyTimeout: options.silenceMs,
	});
	try {
		// undici notices an abort only once it is connected.
		const answer = await Promise.race([asked, given]);
		// A body that breaks while nobody reads it must not end the program; who reads it is told all the same.
		answer.body.on('error', () => undefined);
		return { status: answer.statusCode, headers: flatten(answer.headers), body: answer.body, count, ended };
	} catch (error) {
		stop.abort(error);
		asked.then(
			({ body }) => body.on('error', () => undefined).destroy(),
			() => undefined,
		);
		throw error;
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', onAbort);
	}
}

/** Counts what comes, tells the end, and puts our failures in the place of undici's errors. */
function observe(on: {
	count: { bytes: number };
	onSend(): void;
	onEnd(error: unknown): void;
	describe(error: Error): Error;
}): Dispatcher.DispatcherComposeInterceptor {
	let hasAnswered = false;
	return (dispatch) => (options, handler) =>
		dispatch(options, {
			onRequestStart(controller, context) {
				on.onSend();
				handler.onRequestStart?.(controller, context);
			},
			onRequestUpgrade: (controller, status, headers, socket) => handler.onRequestUpgrade?.(controller, status, headers, socket),
			onResponseStart(controller, status, headers, message) {
				hasAnswered = true;
				handler.onResponseStart?.(controller, status, headers, message);
			},
			onResponseData(controller, chunk) {
				on.count.bytes += chunk.length;
				handler.onResponseData?.(controller, chunk);
			},
			onResponseEnd(controller, trailers) {
				on.onEnd(null);
				handler.onResponseEnd?.(controller, trailers);
			},
			onResponseError(controller, error) {
				const described = on.describe(error);
				// Once there are headers, only who reads the body lets go of it.
				on.onEnd(hasAnswered && error instanceof errors.RequestAbortedError ? error : described);
				handler.onResponseError?.(controller, described);
			},
		});
}

function flatten(headers: Record<string, string | string[] | undefined>): Headers {
	const flat: Headers = {};
	for (const [name, value] of Object.entries(headers)) flat[name] = Array.isArray(value) ? value.join(', ') : value;
	return flat;
}
