import { z } from 'zod';
import type { BackendKind } from '#contract/backendKinds.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { isLoopbackHost } from '../../../platform/network/isNearHost.ts';
import type { Network, NetworkRequest } from '../../../platform/network/Network.ts';
import type { NetworkResponse } from '../../../platform/network/NetworkResponse.ts';
import { type GeneratePiece, joinEvents, mostCalls } from '../../engine/engine.ts';
import { AnswerMeter } from './AnswerMeter.ts';
import type { Backend, BackendRequest } from './Backend.ts';
import { backendWays } from './backendWays.ts';
import { mergePieces } from './mergePieces.ts';
import { type Asked, readRefusal } from './readRefusal.ts';
import { streamAnswer } from './streamAnswer.ts';
import { writeAnswerOrder } from './writeAnswerOrder.ts';

/** How patient a backend is with its server, in ms. */
export interface BackendPatience {
	/** Until the headers of an answer are there: a server may load its model first, and queue what it is asked. */
	answerMs: number;
	/** Between two parts of an answer; the thoughts of a model and signs of life count. */
	silenceMs: number;
	/** For the whole of an answer. */
	wholeMs: number;
	/** For what needs no model. */
	shortMs: number;
}
/** Ollama waits five minutes for a model to load (https://docs.ollama.com/faq), DeepSeek holds a request for ten (https://api-docs.deepseek.com/quick_start/rate_limit). */
export const usualPatience: BackendPatience = { answerMs: 300_000, silenceMs: 120_000, wholeMs: 3_600_000, shortMs: 15_000 };

export interface OpenAiBackendOptions {
	/** What it is called in messages to people. */
	name: string;
	kind: BackendKind;
	/** Address that `/chat/completions` comes after. */
	endpoint: string;
	/** The key for it, read anew for each request; null: none. */
	key: () => string | null;
	network: Pick<Network, 'request'>;
	patience?: BackendPatience;
}

/** Pieces for the reader, about 30 a second. */
const pieceMs = 33;
const listBytes = 4 * 1024 * 1024;
const vectorBytes = 64 * 1024 * 1024;
const mostModels = 2000;

const modelList = z.object({ data: z.array(z.object({ id: z.string().min(1).max(300) })) });
const vectorList = z.object({ data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1).max(65_536) })) });

/** A server that speaks the OpenAI API, in the ways of its kind, asked through the one way out of the app. Redirects are not followed: a text goes to the server that was chosen, or nowhere. */
export class OpenAiBackend implements Backend {
	readonly #options: OpenAiBackendOptions;
	readonly #patience: BackendPatience;

	constructor(options: OpenAiBackendOptions) {
		this.#options = options;
		this.#patience = options.patience ?? usualPatience;
	}

	async *generate(request: BackendRequest, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void> {
		const meter = new AnswerMeter(request);
		let hasEnded = false;
		if (!signal?.aborted) {
			const { body, stopsLeft } = writeAnswerOrder(backendWays[this.#options.kind], request, meter.begin());
			const pieces = joinEvents<GeneratePiece>({
				work: async (push, stop) => {
					const { answerMs: timeoutMs, silenceMs, wholeMs } = this.#patience;
					const asked = this.#asked(request.model, request.maxTokens);
					const order = { path: '/chat/completions', body, askedBy: request.ownerId, timeoutMs, silenceMs };
					await this.#within(wholeMs, stop, async (within) => {
						const response = await this.#ask(order, asked, within);
						await streamAnswer(response, { asked, meter, stopsLeft, push, mostCalls: mostCallsOf(request) });
					});
				},
				merge: mergePieces,
				everyMs: pieceMs,
				signal,
			});
			for await (const piece of pieces) {
				hasEnded ||= piece.type === 'end';
				yield piece;
			}
		}
		if (!hasEnded) yield { type: 'end', finish: 'aborted', usage: meter.usage };
	}

	async embed(model: string, texts: readonly string[], signal?: AbortSignal, askedBy?: string): Promise<number[][]> {
		if (texts.length === 0) return [];
		const asked = this.#asked(model, 0);
		const body = JSON.stringify({ model, input: texts, encoding_format: 'float' });
		const { answerMs, silenceMs } = this.#patience;
		return await this.#within(answerMs, signal, async (within) => {
			const response = await this.#ask({ path: '/embeddings', body, askedBy, timeoutMs: answerMs, silenceMs }, asked, within);
			const { data } = await readJson(response, vectorBytes, vectorList, asked.name);
			const vectors = data.sort((a, b) => a.index - b.index).map(({ embedding }) => embedding);
			const isWhole = vectors.length === texts.length && vectors.every(({ length }) => length === vectors[0]?.length);
			if (!isWhole) throw failure('SERVER_CONFUSED', { host: asked.name, what: `${vectors.length} vectors for ${texts.length} texts` });
			return vectors;
		});
	}

	async listModels(signal?: AbortSignal, askedBy?: string): Promise<string[]> {
		return await this.#within(this.#patience.shortMs, signal, async (within) => {
			const response = await this.#askShortly({ path: '/models', askedBy }, within);
			const { data } = await readJson(response, listBytes, modelList, this.#options.name);
			return data.slice(0, mostModels).map(({ id }) => id);
		});
	}

	async check(signal?: AbortSignal): Promise<void> {
		const { healthPath } = backendWays[this.#options.kind];
		await this.#within(this.#patience.shortMs, signal, async (within) => {
			const url = healthPath === null ? undefined : new URL(healthPath, this.#options.endpoint).href;
			(await this.#askShortly({ path: '/models', url }, within)).discard();
		});
	}

	#asked(model: string | null, maxTokens: number): Asked {
		const { name, key } = this.#options;
		return { name, model, maxTokens, key: key() };
	}

	async #askShortly(order: Order, signal: AbortSignal): Promise<NetworkResponse> {
		const { shortMs } = this.#patience;
		return await this.#ask({ ...order, timeoutMs: shortMs, silenceMs: shortMs }, this.#asked(null, 0), signal);
	}

	/** Asks, and answers with a success alone; anything else is thrown as what it means. */
	async #ask({ path, url, body, ...order }: Order, asked: Asked, signal: AbortSignal): Promise<NetworkResponse> {
		const { endpoint, network } = this.#options;
		const response = await network.request({
			...order,
			url: url ?? endpoint + path,
			method: body === undefined ? 'GET' : 'POST',
			headers: body === undefined ? { accept: 'application/json' } : { 'content-type': 'application/json', accept: 'text/event-stream, application/json' },
			body,
			token: asked.key ?? undefined,
			purpose: body === undefined ? 'test' : 'model',
			signal,
			followsRedirects: false,
			reachesLoopback: isLoopbackHost(new URL(endpoint).hostname),
		});
		if (response.status === 200) return response;
		throw await readRefusal(response, asked, Date.now());
	}

	/** Does `work` with a signal that aborts with `signal` and, as BACKEND_SILENT, after `ms`. */
	async #within<T>(ms: number, signal: AbortSignal | undefined, work: (within: AbortSignal) => Promise<T>): Promise<T> {
		const { name } = this.#options;
		const late = new AbortController();
		const timer = setTimeout(() => late.abort(failure('BACKEND_SILENT', { name })), ms);
		try {
			return await work(signal ? AbortSignal.any([signal, late.signal]) : late.signal);
		} catch (error) {
			// The server was there: it just did not answer, or fell silent in the middle.
			if (isFailure(error, 'NETWORK_FAILED') && error.data.reason === 'timeout') throw failure('BACKEND_SILENT', { name }, error);
			// No redirect is followed, so it is the address itself that is refused.
			if (isFailure(error, 'REDIRECT_REFUSED')) throw failure('BACKEND_REFUSED', { name, reason: 'insecure', detail: '' }, error);
			// Its address is for administrators, who find it by its name.
			if (isFailure(error, 'NETWORK_FAILED')) throw failure('NETWORK_FAILED', { ...error.data, host: name }, error);
			if (isFailure(error, 'SERVER_CONFUSED')) throw failure('SERVER_CONFUSED', { ...error.data, host: name }, error);
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}
}

/** None without tools: a server that calls all the same is not passed on. */
function mostCallsOf({ tools }: BackendRequest): number {
	if (!tools) return 0;
	return tools.isParallel ? mostCalls : 1;
}

/** What is asked of a server: `path` after its endpoint, or `url` in its place. */
type Order = { path: string; url?: string | undefined } & Pick<NetworkRequest, 'body' | 'askedBy' | 'timeoutMs' | 'silenceMs'>;

async function readJson<T>(response: NetworkResponse, limitBytes: number, shape: z.ZodType<T>, name: string): Promise<T> {
	const confused = () => failure('SERVER_CONFUSED', { host: name, what: response.headers['content-type'] ?? 'no type' });
	const body = await response.text(limitBytes);
	let json: unknown;
	try {
		json = JSON.parse(body);
	} catch {
		throw confused();
	}
	const read = shape.safeParse(json);
	if (!read.success) throw confused();
	return read.data;
}
