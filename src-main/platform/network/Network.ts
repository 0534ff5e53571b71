import { failure, isFailure } from '#contract/errors.ts';
import type { Logger } from '../log/createLog.ts';
import { Dispatchers } from './Dispatchers.ts';
import { type ConnectionRecord, HopRecord } from './HopRecord.ts';
import { isLoopbackHost } from './isNearHost.ts';
import { judgeHop } from './judgeHop.ts';
import { type Hop, NetworkResponse } from './NetworkResponse.ts';
import type { Reach, Resolve } from './openConnector.ts';
import { type HopAnswer, sendHop } from './sendHop.ts';

/** How the app may reach the outside; asked anew at each request. */
export interface NetworkPolicy {
	offline: boolean;
	/** `system`: as HTTPS_PROXY and NO_PROXY of the environment say; `none`; or the address of one. What is on this machine or in its network is asked directly. */
	proxy: 'system' | 'none' | (string & {});
}

export interface NetworkRequest {
	url: string;
	method?: 'GET' | 'HEAD' | 'POST';
	headers?: Record<string, string>;
	body?: string | undefined;
	/** Sent as `authorization: Bearer` to the origin of `url` alone, never after a redirect to another. */
	token?: string | undefined;
	/** What for, for the log and the record: `search`, `facts`, `download`, `test`, `model`. */
	purpose: string;
	/** The id of the account that it is done for, for the record, where one is known. */
	askedBy?: string | undefined;
	signal?: AbortSignal | undefined;
	/** Longest wait for the headers of each server on the way, in ms; 20 000 unless told. */
	timeoutMs?: number | undefined;
	/** Longest silence within the body while its reader waits, in ms; 30 000 unless told. */
	silenceMs?: number | undefined;
	/** Whether redirects are followed, which they are unless told: else one is an answer like any other. */
	followsRedirects?: boolean | undefined;
	/**
	 * What listens on a loopback address is asked as a part of this machine's own work, so that it is asked offline, too. Such a request gets
	 * to no other address, whatever its name stands for.
	 */
	reachesLoopback?: boolean | undefined;
}

const headerMs = 20_000;
const bodyMs = 30_000;
const shortBytes = 64 * 1024;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** The rules below say who gets these, or nobody does. */
const ownHeaders: ReadonlySet<string> = new Set([
	...['authorization', 'proxy-authorization', 'cookie', 'host', 'accept-encoding', 'connection', 'content-length', 'transfer-encoding'],
]);

/**
 * The one way from the app to other machines.
 *
 * What may be relied on: offline, nothing leaves this machine and no name is looked up; plain http goes to this machine and its network
 * only; a server of the internet never leads a request into this network, by a redirect or by the address its name stands for; a token
 * goes to the origin it was meant for alone; no cookie is kept or sent; bodies come as they are, never packed. Each request leaves
 * one line in the log, without its path, its query and its secrets, and each server that was asked a record as it is and one when that is over, each that would have been one.
 *
 * Works in a worker thread, too.
 */
export class Network {
	readonly #log: Pick<Logger, 'info'>;
	readonly #policy: () => NetworkPolicy;
	readonly #onConnection: (record: ConnectionRecord) => void;
	readonly #dispatchers: Dispatchers;
	readonly #running = new Set<Running>();
	#isClosed = false;

	/**
	 * @param options.onConnection is told of each server when it is asked and when its answer is over, or that it was not asked for being offline.
	 * @param options.resolve turns names into addresses; the system's resolver unless told.
	 */
	constructor(options: {
		log: Pick<Logger, 'info'>;
		policy: () => NetworkPolicy;
		onConnection?: (record: ConnectionRecord) => void;
		resolve?: Resolve;
	}) {
		this.#log = options.log;
		this.#policy = options.policy;
		this.#onConnection = options.onConnection ?? (() => {});
		this.#dispatchers = new Dispatchers({ resolve: options.resolve });
	}

	/**
	 * Asks a server and follows its redirects; answers once the headers are there.
	 *
	 * Any status is an answer. Aborting `signal`, before or while the body is read, ends it with the signal's reason.
	 *
	 * @throws OFFLINE, NETWORK_FAILED, REDIRECT_REFUSED
	 */
	async request(request: NetworkRequest): Promise<NetworkResponse> {
		request.signal?.throwIfAborted();
		const asked = new URL(request.url);
		const running: Running = { stop: new AbortController(), reach: null, hop: this.#startRecord(request, asked) };
		const { stop } = running;
		const startedAt = performance.now();
		const onAbort = () => stop.abort(request.signal?.reason);
		const conclude = (error: unknown, answer?: HopAnswer) => {
			request.signal?.removeEventListener('abort', onAbort);
			this.#running.delete(running);
			running.hop.end(error, answer);
			const outcome = error === null ? {} : { failed: nameOf(error) };
			const [status, bytes, host] = [answer?.status ?? null, answer?.count.bytes ?? 0, running.hop.host];
			const ms = Math.round(performance.now() - startedAt);
			this.#log.info({ purpose: request.purpose, asked: asked.host, host, status, bytes, ms, ...outcome }, 'network request');
		};
		request.signal?.addEventListener('abort', onAbort, { once: true });
		this.#running.add(running);
		try {
			const { answer, url, hops } = await this.#follow(request, asked, running);
			void answer.ended.then((error) => conclude(error, answer));
			return new NetworkResponse({ status: answer.status, headers: answer.headers, url: url.href, hops, body: answer.body });
		} catch (error) {
			conclude(error);
			throw error;
		}
	}

	/** Makes a changed policy count at once: going offline ends what is running with OFFLINE, another proxy is used from the next request on. */
	policyChanged(): void {
		if (this.#policy().offline) {
			this.#stopAll(failure('OFFLINE', {}), ({ reach }) => reach !== 'here');
			void this.#dispatchers.destroyOutward();
		} else {
			this.#dispatchers.retire();
		}
	}

	/** Ends what is running with SHUTTING_DOWN and cuts all connections. Requests after it fail the same way. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#stopAll(failure('SHUTTING_DOWN', {}));
		await this.#dispatchers.destroy();
	}

	#stopAll(reason: Error, isMeant: (running: Running) => boolean = () => true): void {
		for (const running of [...this.#running]) if (isMeant(running)) running.stop.abort(reason);
	}

	#startRecord({ purpose, askedBy }: NetworkRequest, url: URL): HopRecord {
		return new HopRecord({ purpose, askedBy: askedBy ?? null, host: url.host }, this.#onConnection);
	}

	async #follow(request: NetworkRequest, asked: URL, running: Running): Promise<{ answer: HopAnswer; url: URL; hops: Hop[] }> {
		const hops: Hop[] = [];
		let [from, to, method]: [URL | null, URL, string] = [null, asked, request.method ?? 'GET'];
		let keepsToken = true;
		for (;;) {
			keepsToken &&= to.origin === asked.origin;
			running.reach = this.#judge({ from, to, asked, redirects: hops.length }, request.reachesLoopback === true);
			const dispatcher = this.#dispatcherFor(to, running.reach);
			const headers = {
				...cleaned(request.headers),
				'accept-encoding': 'identity',
				...(keepsToken && request.token ? { authorization: `Bearer ${request.token}` } : {}),
			};
			const body = method === 'POST' ? request.body : undefined;
			const { hop } = running;
			hop.leave();
			const onSend = () => hop.send(Buffer.byteLength(body ?? ''));
			const { timeoutMs = headerMs, silenceMs = bodyMs, followsRedirects = true } = request;
			const { signal } = running.stop;
			const answer = await sendHop({ dispatcher, url: to, leader: from?.host, method, headers, body, onSend, signal, timeoutMs, silenceMs });
			const location = followsRedirects && redirects.has(answer.status) ? answer.headers.location : undefined;
			if (location === undefined) return { answer, url: to, hops };
			letGo(answer, method);
			void answer.ended.then(() => hop.end(null, answer));
			hops.push({ url: to.href, status: answer.status, headers: answer.headers });
			const next = URL.parse(location, to.href);
			if (next === null) throw failure('NETWORK_FAILED', { host: to.host, reason: 'broken' });
			// As browsers do: https://fetch.spec.whatwg.org/#http-redirect-fetch
			if (answer.status <= 303 && method === 'POST') method = 'GET';
			[from, to] = [to, next];
			running.hop = this.#startRecord(request, to);
		}
	}

	#judge(hop: { from: URL | null; to: URL; asked: URL; redirects: number }, reachesLoopback: boolean): Reach {
		if (this.#isClosed) throw failure('SHUTTING_DOWN', {});
		const staysHere = reachesLoopback && isLoopbackHost(hop.to.hostname);
		if (this.#policy().offline && !staysHere) throw failure('OFFLINE', {});
		const verdict = judgeHop({ ...hop, askedIsNear: hop.asked.protocol === 'http:' || this.#dispatchers.isNear(hop.asked.hostname) });
		if (verdict.kind === 'refuse') throw failure('REDIRECT_REFUSED', { host: (hop.from ?? hop.to).host, reason: verdict.reason });
		return staysHere ? 'here' : verdict.reach;
	}

	#dispatcherFor(to: URL, reach: Reach) {
		try {
			return this.#dispatchers.get(to.hostname, reach, this.#policy().proxy);
		} catch (error) {
			// Only the address of the proxy, from the environment, can be wrong here.
			throw failure('NETWORK_FAILED', { host: to.host, reason: 'proxy' }, error);
		}
	}
}

/** A request on its way. */
interface Running {
	stop: AbortController;
	/** How far its present connection may go; null before there is one. */
	reach: Reach | null;
	/** The record of the server that it is at. */
	hop: HopRecord;
}

/** Drops the body of a redirect; a short one is read to its end, so that the connection can be used again. */
function letGo(answer: HopAnswer, method: string): void {
	const length = Number(answer.headers['content-length'] ?? Number.POSITIVE_INFINITY);
	if (method === 'HEAD' || length <= shortBytes) answer.body.resume();
	else answer.body.destroy();
}

function cleaned(headers: Record<string, string> = {}): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.map(([name, value]): [string, string] => [name.toLowerCase(), value])
			.filter(([name]) => !ownHeaders.has(name)),
	);
}

/** What the log says of an end before its time: the code and the reason, never the text, which may quote an address. */
function nameOf(error: unknown): string {
	if (!isFailure(error)) return 'aborted';
	return 'reason' in error.data ? `${error.code} ${error.data.reason}` : error.code;
}
