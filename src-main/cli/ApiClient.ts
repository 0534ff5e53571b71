import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { z } from 'zod';
import { api } from '#contract/api.ts';
import { refusalEnvelope } from '#contract/apiEnvelope.ts';
import { Ended, exitCodeOf, exitCodes } from './exitCodes.ts';
import { failureWords } from './words.ts';

type Api = (typeof api)['api'];
type Inputs = InferContractRouterInputs<typeof api>['api'];
type Outputs = InferContractRouterOutputs<typeof api>['api'];
/** What is in `data` of an answer. */
export type Answer<Group extends keyof Api, Name extends keyof Api[Group]> = Outputs[Group] extends Record<Name, { data: infer Data }> ? Data : never;

/** Where a gateway is, and what proves who asks. */
export interface Access {
	origin: string;
	key: string;
	/** The certificate to trust, as PEM, where it is one that Homeroom made itself; null: as the system trusts. */
	certificate: string | null;
}

const success = z.object({ success: z.literal(true), data: z.unknown() });
/** An answer that is longer than any of ours is none. */
const longestAnswer = 268_435_456;
const openaiRefusal = z.object({ error: z.object({ message: z.string(), code: z.string(), details: z.record(z.string(), z.unknown()).default({}) }) });
const openaiChunk = z.object({
	choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }).optional(), finish_reason: z.string().nullish() })).optional(),
	usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});

/**
 * Asks a gateway of Homeroom's: the one on this machine, or the one that was named. It is another program's part of a conversation with the app, so
 * that the app's own way out (Network.ts) and its airplane switch have no part in it.
 *
 * Whatever goes wrong is an `Ended`, with the exit code that says what.
 */
export class ApiClient {
	readonly #access: Access;
	readonly #signal: AbortSignal;

	/** @param signal ends all that is asked. */
	constructor(access: Access, signal: AbortSignal) {
		this.#access = access;
		this.#signal = signal;
	}

	/** Calls one route of the API by its place in the contract, and gives what is in `data` of its answer. */
	async call<Group extends keyof Api, Name extends keyof Api[Group] & string>(
		group: Group,
		name: Name,
		input: Inputs[Group][Name & keyof Inputs[Group]],
		signal: AbortSignal = this.#signal,
	): Promise<Answer<Group, Name>> {
		// Every entry of the contract is a procedure with a route; TypeScript cannot follow the two names.
		const procedure = api.api[group][name] as unknown as { '~orpc': { route: { method: string; path: string } } };
		const { method, path } = procedure['~orpc'].route;
		const fields = { ...(input as Record<string, unknown> | undefined) };
		const place = path.replace(/\{(\w+)\}/g, (_whole, field: string) => {
			const value = String(fields[field]);
			delete fields[field];
			return encodeURIComponent(value);
		});
		const given = Object.entries(fields).filter(([, value]) => value !== undefined);
		const query =
			method === 'GET' && given.length > 0 ? `?${new URLSearchParams(given.map(([field, value]): [string, string] => [field, String(value)]))}` : '';
		const response = await this.#send(method, `${place}${query}`, method === 'GET' ? null : Object.fromEntries(given), signal);
		const body = parsed(await textOf(response));
		const read = success.safeParse(body);
		if (!read.success) throw refusalIn(body, response.statusCode ?? 0);
		// What the gateway answers with fits the contract; a test walks all of it.
		return read.data.data as Answer<Group, Name>;
	}

	/** Has a model answer, by OpenAI's form of a stream; gives its text as it is written, and at the end what it used. */
	async *chat(order: Record<string, unknown>): AsyncGenerator<{ text: string } | { finish: string | null; promptTokens: number; completionTokens: number }> {
		const body = { ...order, stream: true, stream_options: { include_usage: true } };
		const response = await this.#send('POST', '/v1/chat/completions', body, this.#signal);
		if (response.statusCode !== 200) throw refusalIn(parsed(await textOf(response)), response.statusCode ?? 0);
		let finish: string | null = null;
		let usage = { prompt_tokens: 0, completion_tokens: 0 };
		for await (const event of eventsOf(response)) {
			if (event === '[DONE]') {
				yield { finish, promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens };
				return;
			}
			const value = parsed(event);
			const read = openaiChunk.safeParse(value);
			if (openaiRefusal.safeParse(value).success || !read.success) throw refusalIn(value, 500);
			const [choice] = read.data.choices ?? [];
			finish = choice?.finish_reason ?? finish;
			usage = read.data.usage ?? usage;
			if (choice?.delta?.content) yield { text: choice.delta.content };
		}
		throw new Ended(exitCodes.unreachable, 'CUT_OFF', 'The answer broke off: Homeroom ended or the connection was cut.');
	}

	/** Sends a request and gives its answer, of which the head has come. */
	#send(method: string, path: string, body: object | null, signal: AbortSignal): Promise<IncomingMessage> {
		const { origin, key, certificate } = this.#access;
		const url = new URL(path, origin);
		const json = body === null ? null : Buffer.from(JSON.stringify(body));
		const headers = { authorization: `Bearer ${key}`, ...(json && { 'content-type': 'application/json', 'content-length': json.length }) };
		const send = url.protocol === 'https:' ? https.request : http.request;
		return new Promise((resolve, reject) => {
			const request = send(url, { method, headers, signal, ...(certificate !== null && { ca: certificate }) }, resolve);
			request.once('error', (error) => reject(signal.aborted ? signal.reason : unreachable(origin, error)));
			request.end(json ?? undefined);
		});
	}
}

function unreachable(origin: string, error: Error): Ended {
	const code = 'code' in error ? String(error.code) : error.message;
	return new Ended(exitCodes.unreachable, 'UNREACHABLE', `Homeroom could not be reached at ${origin} (${code}).`, { origin, reason: code });
}

/** What a refusal says, in whichever of the two forms. */
function refusalIn(body: unknown, status: number): Ended {
	const refused = refusalEnvelope.safeParse(body);
	if (refused.success) {
		const { message, error, details, code } = refused.data;
		return new Ended(exitCodeOf(code), error, sentenceOf(message, error, details), details);
	}
	const openai = openaiRefusal.safeParse(body);
	if (openai.success) {
		const { message, code, details } = openai.data.error;
		return new Ended(exitCodeOf(status), code, sentenceOf(message, code, details), details);
	}
	return new Ended(exitCodes.failed, 'CONFUSED', `What answered there (status ${status}) is no Homeroom, or another version of it.`);
}

/** What a failure says, and of a wrong input where and what it is. */
function sentenceOf(message: string, error: string, details: Record<string, unknown>): string {
	const issues = z.object({ issues: z.array(z.object({ path: z.string(), message: z.string() })) }).safeParse(details);
	if (!issues.success) return failureWords(error, details, message);
	return [message, ...issues.data.issues.map(({ path, message: what }) => `  ${path === '' ? '' : `${path}: `}${what}`)].join('\n');
}

async function textOf(response: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of response as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > longestAnswer) throw new Ended(exitCodes.failed, 'CONFUSED', 'What answered there sends more than Homeroom ever does.');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** The data of server-sent events, each of one line, as they come. */
async function* eventsOf(response: IncomingMessage): AsyncGenerator<string> {
	let rest = '';
	response.setEncoding('utf8');
	for await (const chunk of response as AsyncIterable<string>) {
		rest += chunk;
		const lines = rest.split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) if (line.startsWith('data: ')) yield line.slice('data: '.length).trimEnd();
	}
}
