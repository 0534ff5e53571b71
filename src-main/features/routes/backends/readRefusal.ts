import { z } from 'zod';
import { type Failure, failure } from '#contract/errors.ts';
import type { NetworkResponse } from '../../../platform/network/NetworkResponse.ts';
import { readRetryAfter } from '../../../platform/network/readRetryAfter.ts';

/** What was asked, as far as a refusal of it can be understood. */
export interface Asked {
	/** What the backend is called here: who asks it learns that alone, as its address is for administrators. */
	name: string;
	/** Null where no model was asked, which only administrators and the app itself do. */
	model: string | null;
	maxTokens: number;
	/** It may be quoted in what a server says, and is not told on. */
	key: string | null;
}

const errorBytes = 64 * 1024;
const longestDetail = 400;
/** A server that is busy and does not say for how long is asked again after this. */
const usualWaitMs = 10_000;

const text = z.string().nullish().catch(null);
const count = z.number().int().positive().nullish().catch(null);
const saidError = z.object({
	message: text,
	type: text,
	/** A word of OpenAI's, or the HTTP status with vLLM and llama-server. */
	code: z.union([z.string(), z.number()]).nullish().catch(null),
	// llama-server: https://github.com/ggml-org/llama.cpp/pull/15780
	n_prompt_tokens: count,
	n_ctx: count,
});
type SaidError = z.infer<typeof saidError>;
/**
 * The shapes in which servers say what is wrong: an object under `error` (OpenAI, DeepSeek, llama-server, newer vLLM), a sentence there (Ollama,
 * LM Studio), the object itself (older vLLM), or `detail` (what FastAPI says by itself).
 */
const shapes = [
	z.object({ error: saidError }).transform(({ error }) => error),
	z.object({ error: z.string() }).transform(({ error }) => saidError.parse({ message: error })),
	z.object({ object: z.literal('error') }).and(saidError),
	z.object({ detail: z.string() }).transform(({ detail }) => saidError.parse({ message: detail })),
];

/** Puts an answer that is no success into the failure that people read; its body is used up. */
export async function readRefusal(response: NetworkResponse, asked: Asked, now: number): Promise<Failure> {
	const { status, headers } = response;
	const body = await response.text(errorBytes).catch(() => '');
	if (status >= 300 && status < 400) {
		const to = URL.parse(headers.location ?? '', response.url);
		return failure('BACKEND_REFUSED', { name: asked.name, reason: 'redirect', detail: asked.model === null ? (to?.origin ?? '') : '' });
	}
	const waitMs = Number(headers['retry-after-ms']) || readRetryAfter(headers['retry-after'], now) || usualWaitMs;
	return failureOf(status, readError(body), asked, waitMs);
}

/** The same of what a server says in the middle of a stream. */
export function readBreak(error: unknown, asked: Asked): Failure {
	const said = readError(JSON.stringify({ error }));
	const status = Number(said?.code);
	if (status >= 400 && status < 600) return failureOf(status, said, asked, usualWaitMs);
	return failureOf(/rate_limit|overloaded|unavailable/.test(said?.type ?? '') ? 429 : 500, said, asked, usualWaitMs);
}

function readError(body: string): SaidError | null {
	let json: unknown;
	try {
		json = JSON.parse(body);
	} catch {
		return null;
	}
	for (const shape of shapes) {
		const read = shape.safeParse(json);
		if (read.success) return read.data;
	}
	return null;
}

function failureOf(status: number, said: SaidError | null, asked: Asked, waitMs: number): Failure {
	const { name, model, key } = asked;
	const tooLong = said && readTooLong(said);
	if (tooLong) return tooLong;
	// OpenAI: https://platform.openai.com/docs/guides/error-codes, DeepSeek: https://api-docs.deepseek.com/quick_start/error_codes
	if (status === 402 || said?.code === 'insufficient_quota') return failure('BACKEND_UNPAID', { name });
	if (status === 401) return failure('BACKEND_KEY_REFUSED', { name, reason: key === null ? 'missing' : 'wrong' });
	if (status === 403) return failure('BACKEND_KEY_REFUSED', { name, reason: 'notAllowed' });
	// llama-server answers 503 while it loads its model.
	if (status === 429 || status === 503) return failure('RATE_LIMITED', { host: name, retryAfterMs: waitMs });
	if (status >= 500) return failure('SERVER_FAILED', { host: name, status });
	if (model !== null && (said?.code === 'model_not_found' || (status === 404 && said))) return failure('BACKEND_MODEL_UNKNOWN', { name, model });
	if (status === 404 || status === 405 || !said) return failure('BACKEND_REFUSED', { name, reason: 'noApi', detail: `HTTP ${status}` });
	return failure('BACKEND_REFUSED', { name, reason: 'request', detail: quote(said.message ?? `HTTP ${status}`, key) });
}

/** Said in numbers by llama-server, and in a sentence by OpenAI, DeepSeek and vLLM; null where it is not that, or the numbers are not there. */
function readTooLong({ message, n_prompt_tokens, n_ctx }: SaidError): Failure | null {
	const find = (form: RegExp) => Number(form.exec(message ?? '')?.[1]) || null;
	const contextTokens = n_ctx ?? find(/maximum context length is (\d+)/) ?? find(/context size \((\d+) tokens\)/);
	const promptTokens =
		n_prompt_tokens ?? find(/(\d+) (?:tokens )?(?:in|from) (?:the|your) (?:input )?messages/) ?? find(/(?:resulted in|request \(|contains at least) ?(\d+)/);
	return contextTokens && promptTokens ? failure('PROMPT_TOO_LONG', { promptTokens, contextTokens }) : null;
}

/** A sentence of a server as it may be shown: short, of one line, and without the key. */
function quote(sentence: string, key: string | null): string {
	const plain = sentence.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
	const hidden = key === null ? plain : plain.replaceAll(key, '…');
	return hidden.length > longestDetail ? `${hidden.slice(0, longestDetail)}…` : hidden;
}
