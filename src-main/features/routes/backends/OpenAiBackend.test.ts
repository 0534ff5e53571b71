import type { ServerResponse } from 'node:http';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BackendKind } from '#contract/backendKinds.ts';
import { Network } from '../../../platform/network/Network.ts';
import type { GeneratePiece } from '../../engine/engine.ts';
import type { BackendRequest } from './Backend.ts';
import { OpenAiBackend, usualPatience } from './OpenAiBackend.ts';
import { chunkOf, dieMidway, fallSilent, neverEnd, refuse, type ServedBackend, sendEvents, serveBackend, speak, usageOf } from './serveBackend.test-support.ts';

const key = 'sk-ThisMustNeverBeSeenAnywhere';
let server: ServedBackend;
let network: Network;
let policy = { offline: false, proxy: 'none' };
let logged: string[] = [];
beforeEach(async () => {
	policy = { offline: false, proxy: 'none' };
	logged = [];
	network = new Network({ log: pino({}, { write: (line: string) => logged.push(line) }), policy: () => policy });
	server = await serveBackend();
});
afterEach(async () => {
	await network.close();
	await server.close();
	expect(logged.join()).not.toContain(key);
});

const open = (kind: BackendKind = 'other', more: Partial<ConstructorParameters<typeof OpenAiBackend>[0]> = {}) =>
	new OpenAiBackend({ name: 'Server', kind, endpoint: server.endpoint, key: () => key, network, ...more });
const sampling = { temperature: 0.5, topP: 0.9, topK: 30, minP: 0.1, repeatPenalty: 1.2, seed: 7 };
const request = (more: Partial<BackendRequest> = {}): BackendRequest => ({
	...{ model: 'small', ownerId: 'ada', turns: [{ role: 'user', content: 'What pulls the water?' }], sampling, maxTokens: 100 },
	...more,
});
async function answer(backend: OpenAiBackend, asked = request(), signal?: AbortSignal) {
	const pieces = await Array.fromAsync(backend.generate(asked, signal));
	const texts = pieces.filter((piece) => piece.type === 'text');
	return { text: texts.map(({ text }) => text).join(''), spans: texts.flatMap(({ spans }) => spans), end: pieces.at(-1) };
}
const lastBody = () => server.seen.at(-1)?.body;
const timed = { firstTokenMs: expect.any(Number), tokensPerSecond: expect.any(Number) };

test('an answer comes as text and an end with what its server counted', async () => {
	server.answerWith(speak(['The ', 'moon', '.'], usageOf(12, 3, { prompt_tokens_details: { cached_tokens: 8 } })));
	expect(await answer(open())).toEqual({
		text: 'The moon.',
		spans: [],
		end: { type: 'end', finish: 'stop', usage: { promptTokens: 12, reusedTokens: 8, completionTokens: 3, ...timed } },
	});
	expect(server.seen).toMatchObject([{ method: 'POST', path: '/v1/chat/completions', authorization: `Bearer ${key}` }]);
});

test('what no server counted is estimated and marked so', async () => {
	server.answerWith(speak(['The ', 'moon', '.'], null));
	expect((await answer(open())).end).toMatchObject({ usage: { isEstimated: true, completionTokens: 3, promptTokens: 15 } });
});

test.each([
	['openai', 'gpt-4.1', { max_completion_tokens: 100, temperature: 0.5, top_p: 0.9, seed: 7, stop: ['a', 'b', 'c', 'd'], logprobs: true }],
	['openai', 'gpt-5-mini', { max_completion_tokens: 100, seed: 7, stop: ['a', 'b', 'c', 'd'] }],
	['deepseek', 'deepseek-chat', { max_tokens: 100, temperature: 0.5, top_p: 0.9, seed: 7, stop: ['a', 'b', 'c', 'd', 'e'], logprobs: true }],
	['deepseek', 'deepseek-reasoner', { max_tokens: 100, seed: 7, stop: ['a', 'b', 'c', 'd', 'e'] }],
	['ollama', 'qwen3:4b', { max_tokens: 100, temperature: 0.5, top_p: 0.9, seed: 7, stop: ['a', 'b', 'c', 'd', 'e'], logprobs: true }],
	[
		'vllm',
		'small',
		{
			...{ max_tokens: 100, temperature: 0.5, top_p: 0.9, top_k: 30, min_p: 0.1, repetition_penalty: 1.2, seed: 7 },
			...{ stop: ['a', 'b', 'c', 'd', 'e'], logprobs: true },
		},
	],
	[
		'llamaServer',
		'small',
		{
			...{ max_tokens: 100, temperature: 0.5, top_p: 0.9, top_k: 30, min_p: 0.1, repeat_penalty: 1.2, seed: 7 },
			...{ stop: ['a', 'b', 'c', 'd', 'e'], logprobs: true },
		},
	],
	['lmStudio', 'small', { max_tokens: 100, temperature: 0.5, top_p: 0.9, top_k: 30, repeat_penalty: 1.2, seed: 7, stop: ['a', 'b', 'c', 'd', 'e'] }],
	['other', 'small', { max_tokens: 100, temperature: 0.5, top_p: 0.9, seed: 7, stop: ['a', 'b', 'c', 'd'], logprobs: true }],
] as const)('%s is asked for %s in its own fields and no others', async (kind, model, fields) => {
	server.answerWith(speak(['.']));
	const { turns, ...asked } = request({ model, stop: ['a', 'b', 'c', 'd', 'e'], logProbabilities: true });
	await answer(open(kind), { ...asked, turns });
	expect(lastBody()).toEqual({ model, messages: turns, stream: true, stream_options: { include_usage: true }, ...fields });
});

const shape = { type: 'object', properties: { score: { type: 'integer' }, why: { type: 'string', maxLength: 9 }, level: { enum: ['low', 'high'] } } };
const schemaWith = (why: object, level: object) => ({
	...{ type: 'object', properties: { score: { type: 'integer' }, why: { type: 'string', ...why }, level: { ...level, enum: ['low', 'high'] } } },
	...{ required: ['score', 'why', 'level'], additionalProperties: false },
});

test('a shape is told in the way of each kind', async () => {
	server.answerWith(speak(['{}']));
	const asked = request({ jsonSchema: shape });
	await answer(open('openai'), asked);
	expect(lastBody()).toMatchObject({
		response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: schemaWith({}, { type: 'string' }) } },
	});
	await answer(open('vllm'), asked);
	expect(lastBody()).toMatchObject({ response_format: { type: 'json_schema', json_schema: { schema: schemaWith({ maxLength: 9 }, {}) } } });
	await answer(open('deepseek'), asked);
	expect(lastBody()).toMatchObject({ response_format: { type: 'json_object' }, messages: [{ role: 'system' }, ...asked.turns] });
	expect(JSON.stringify(lastBody())).toContain(JSON.stringify(JSON.stringify(schemaWith({ maxLength: 9 }, {}))).slice(1, -1));
});

test.each([
	['a list', { type: 'array', items: { type: 'string' } }],
	['free names', { type: 'object', properties: {}, additionalProperties: { type: 'string' } }],
	['a list whose places differ', { type: 'object', properties: { a: { type: 'array', prefixItems: [{ type: 'string' }] } } }],
])('a shape that OpenAI cannot be told is refused before anything is sent: %s', async (_what, jsonSchema) => {
	await expect(answer(open('openai'), request({ jsonSchema }))).rejects.toMatchObject({ code: 'BAD_GRAMMAR' });
	expect(server.seen).toEqual([]);
});

test('an adapter is of a model of this machine, and nothing is sent for one', async () => {
	const adapter = { file: '/a/b.gguf', scale: 1, name: 'Like me' };
	await expect(answer(open(), request({ adapter }))).rejects.toMatchObject({ code: 'ADAPTER_UNFIT', data: { name: 'Like me' } });
	expect(server.seen).toEqual([]);
});

test('stops that the server takes no more of are found here, however they are split', async () => {
	server.answerWith(speak(['one ', 'E', 'N', 'D two']));
	const { text, end } = await answer(open('openai'), request({ stop: ['1', '2', '3', '4', 'END'] }));
	expect([text, end]).toMatchObject(['one ', { finish: 'stop' }]);
	await server.seen[0]?.closed;
});

test('thoughts are no part of the answer, and count', async () => {
	const thinking = [{ reasoning_content: 'Hm. ' }, { reasoning: 'So it is.' }, { content: '42', reasoning_content: null }];
	server.answerWith(sendEvents(...thinking.map((delta) => chunkOf(delta)), chunkOf({}, 'stop'), '[DONE]'));
	expect(await answer(open())).toMatchObject({ text: '42', end: { finish: 'stop', usage: { completionTokens: 5, isEstimated: true } } });
});

test('text comes with how likely the model thought it, by token where tokens are text', async () => {
	const told = (...tokens: [string, number][]) => ({ logprobs: { content: tokens.map(([token, logprob]) => ({ token, logprob, top_logprobs: [] })) } });
	server.answerWith(
		sendEvents(
			chunkOf({ content: 'The moon' }, null, told(['The', -0.5], [' moon', -0.25])),
			chunkOf({ content: '漢' }, null, told(['\\xe6\\xbc', -1], ['\\xa2', -2])),
			chunkOf({}, 'stop'),
			'[DONE]',
		),
	);
	expect((await answer(open(), request({ logProbabilities: true }))).spans).toEqual([
		{ characters: 3, tokens: 1, logProbability: -0.5 },
		{ characters: 5, tokens: 1, logProbability: -0.25 },
		{ characters: 1, tokens: 2, logProbability: -3 },
	]);
});

test('an answer that comes whole, though a stream was asked for, is taken', async () => {
	const whole = { choices: [{ index: 0, message: { role: 'assistant', content: 'The moon.' }, finish_reason: 'length' }], ...usageOf(5, 3).usage };
	server.answerWith(refuse(200, { ...whole, usage: usageOf(5, 3).usage }));
	expect(await answer(open())).toMatchObject({ text: 'The moon.', end: { finish: 'length', usage: { promptTokens: 5, completionTokens: 3 } } });
});

const openAiError = (message: string, more: object = {}) => ({ error: { message, type: 'invalid_request_error', param: null, code: null, ...more } });

test.each([
	['a wrong key', refuse(401, openAiError(`Incorrect API key provided: ${key}`)), 'BACKEND_KEY_REFUSED', { reason: 'wrong' }],
	['a key without the right', refuse(403, openAiError('no')), 'BACKEND_KEY_REFUSED', { reason: 'notAllowed' }],
	['an empty account', refuse(402, { error: { message: 'Insufficient Balance' } }), 'BACKEND_UNPAID', { name: 'Server' }],
	['a used-up quota', refuse(429, openAiError('quota', { code: 'insufficient_quota' })), 'BACKEND_UNPAID', { name: 'Server' }],
	['an unknown model of OpenAI', refuse(404, openAiError('no such model', { code: 'model_not_found' })), 'BACKEND_MODEL_UNKNOWN', { model: 'small' }],
	[
		'an unknown model of vLLM',
		refuse(404, { object: 'error', message: 'The model `x` does not exist.', code: 404 }),
		'BACKEND_MODEL_UNKNOWN',
		{ model: 'small' },
	],
	['an unknown model of Ollama', refuse(404, { error: 'model "small" not found' }), 'BACKEND_MODEL_UNKNOWN', { model: 'small' }],
	['no such API', refuse(404, '<h1>Not found</h1>'), 'BACKEND_REFUSED', { reason: 'noApi', detail: 'HTTP 404' }],
	['being busy for a while', refuse(429, openAiError('slow down'), { 'retry-after': '7' }), 'RATE_LIMITED', { retryAfterMs: 7000 }],
	['being busy for some milliseconds', refuse(429, '', { 'retry-after-ms': '250' }), 'RATE_LIMITED', { retryAfterMs: 250 }],
	[
		'being busy for an unknown while',
		refuse(503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }),
		'RATE_LIMITED',
		{ retryAfterMs: 10_000 },
	],
	['a broken server', refuse(500, 'Traceback'), 'SERVER_FAILED', { status: 500 }],
	[
		'a prompt that llama-server finds too long',
		refuse(400, { error: { code: 400, message: 'the request exceeds', type: 'exceed_context_size_error', n_prompt_tokens: 9412, n_ctx: 8192 } }),
		...(['PROMPT_TOO_LONG', { promptTokens: 9412, contextTokens: 8192 }] as const),
	],
	[
		'one that OpenAI finds too long',
		refuse(
			400,
			openAiError("This model's maximum context length is 4097 tokens. However, your messages resulted in 5000 tokens.", { code: 'context_length_exceeded' }),
		),
		...(['PROMPT_TOO_LONG', { promptTokens: 5000, contextTokens: 4097 }] as const),
	],
	[
		'one that vLLM finds too long',
		refuse(400, {
			object: 'error',
			message: "This model's maximum context length is 2048 tokens. However, you requested 3000 tokens (2900 in the messages, 100 in the completion).",
		}),
		...(['PROMPT_TOO_LONG', { promptTokens: 2900, contextTokens: 2048 }] as const),
	],
	['a field that it does not know', refuse(422, { detail: `no such\nfield ${key}` }), 'BACKEND_REFUSED', { reason: 'request', detail: 'no such field …' }],
	['a redirect', refuse(307, '', { location: 'https://elsewhere.test/v1?key=1' }), 'BACKEND_REFUSED', { reason: 'redirect', detail: '' }],
	['a sign-in page', refuse(200, '<html>'), 'SERVER_CONFUSED', { what: 'text/html' }],
	['JSON of another kind', refuse(200, { hello: 'world' }), 'SERVER_CONFUSED', {}],
	['events of another kind', sendEvents('hello', '[DONE]'), 'SERVER_CONFUSED', {}],
	['events that are JSON of another kind', sendEvents({ choices: [{ delta: { content: 5 } }] }), 'SERVER_CONFUSED', {}],
	['an event without end', endless, 'SERVER_CONFUSED', {}],
	['an end without a last word', sendEvents(chunkOf({ role: 'assistant' })), 'NETWORK_FAILED', { reason: 'broken' }],
	[
		'an error within the stream',
		sendEvents(chunkOf({ content: '' }), { error: { code: 500, message: 'no memory', type: 'server_error' } }),
		'SERVER_FAILED',
		{ status: 500 },
	],
	['what it will not say', sendEvents(chunkOf({}, 'content_filter'), '[DONE]'), 'BACKEND_REFUSED', { reason: 'withheld' }],
	['want of room', sendEvents(chunkOf({}, 'insufficient_system_resource'), '[DONE]'), 'SERVER_FAILED', { status: 503 }],
])('%s is a failure that says what to do, before the first piece', async (_what, how, code, data) => {
	server.answerWith(how);
	const pieces: GeneratePiece[] = [];
	const asking = (async () => {
		for await (const piece of open().generate(request())) pieces.push(piece);
	})();
	await expect(asking).rejects.toMatchObject({ code, data });
	expect(pieces).toEqual([]);
	expect(JSON.stringify(await asking.catch((error: unknown) => Object(error).data))).not.toMatch(new RegExp(`${key}|127\\.0\\.0\\.1|elsewhere\\.test`));
});

function endless(to: ServerResponse) {
	to.writeHead(200, { 'content-type': 'text/event-stream' });
	const go = () => {
		while (!to.destroyed && to.write('x'.repeat(65_536)));
		if (!to.destroyed) to.once('drain', go);
	};
	go();
}

test('without a key it says that one is missing', async () => {
	server.answerWith(refuse(401, openAiError('You must provide a key')));
	await expect(answer(open('openai', { key: () => null }))).rejects.toMatchObject({ code: 'BACKEND_KEY_REFUSED', data: { reason: 'missing' } });
	expect(server.seen[0]?.authorization).toBeUndefined();
});

test('a server that dies midway leaves what it said, and a failure after it', async () => {
	server.answerWith(dieMidway('The ', 'moon'));
	const texts: string[] = [];
	const reading = (async () => {
		for await (const piece of open().generate(request())) if (piece.type === 'text') texts.push(piece.text);
	})();
	await expect(reading).rejects.toMatchObject({ code: 'NETWORK_FAILED', data: { reason: 'broken' } });
	expect(texts.join('')).toBe('The moon');
});

const short = { ...usualPatience, answerMs: 1000, silenceMs: 1000, wholeMs: 60_000, shortMs: 1000 };

test.each([
	['that never answers', () => {}, short],
	['that falls silent', fallSilent('The '), short],
	['that lives on without a word', keepAlive, { ...short, wholeMs: 600 }],
])('a server %s is given up in time', async (_what, how, patience) => {
	server.answerWith(how);
	await expect(answer(open('other', { patience }))).rejects.toMatchObject({ code: 'BACKEND_SILENT', data: { name: 'Server' } });
	await server.seen[0]?.closed;
});

function keepAlive(response: ServerResponse) {
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	const timer = setInterval(() => response.write(': keep-alive\n\n'), 20);
	response.once('close', () => clearInterval(timer));
}

test('a server that never ends is left once it said more than was asked for', async () => {
	server.answerWith(neverEnd('and '));
	expect((await answer(open(), request({ maxTokens: 10 }))).end).toMatchObject({ finish: 'length', usage: { completionTokens: 10 } });
	await server.seen[0]?.closed;
});

test('aborting ends the answer at once, with what came, and the server is let go of', async () => {
	server.answerWith(fallSilent('The '));
	const stop = new AbortController();
	const pieces: GeneratePiece[] = [];
	for await (const piece of open().generate(request(), stop.signal)) {
		pieces.push(piece);
		stop.abort();
	}
	expect(pieces).toMatchObject([{ text: 'The ' }, { type: 'end', finish: 'aborted', usage: { completionTokens: 2, isEstimated: true } }]);
	await server.seen[0]?.closed;
	expect(await Array.fromAsync(open().generate(request(), stop.signal))).toMatchObject([{ finish: 'aborted' }]);
	expect(server.seen).toHaveLength(1);
});

test('a reader that leaves lets go of the server', async () => {
	server.answerWith(neverEnd('and '));
	for await (const _piece of open().generate(request({ maxTokens: 100_000 }))) break;
	await server.seen[0]?.closed;
});

test('what a server claims is believed as far as it can be', async () => {
	server.answerWith(speak(['.'], usageOf(1e12, 1e12)));
	const { end } = await answer(open());
	// A prompt has no more tokens than bytes, with what a template adds; an answer none beyond those asked for: such figures are none.
	const counted = { usage: { promptTokens: 15, completionTokens: 1, isEstimated: true } };
	expect(end).toMatchObject(counted);
	server.answerWith(speak(['.'], usageOf(21 + 16 + 256 + 1024, 100)));
	expect((await answer(open())).end).toMatchObject({ usage: { promptTokens: 21 + 16 + 256 + 1024, completionTokens: 100 } });
	server.answerWith(speak(['.'], { choices: [], usage: { prompt_tokens: -5, completion_tokens: 'many' } }));
	expect((await answer(open())).end).toMatchObject(counted);
});

test('nobody pays more than was set aside, and an answer ends where that does', async () => {
	server.answerWith(speak(['one ', 'two ', 'three'], usageOf(400, 3)));
	expect((await answer(open(), request({ tokenBudget: 50 }))).end).toMatchObject({ usage: { promptTokens: 50, completionTokens: 0 } });
	expect(lastBody()).toMatchObject({ max_tokens: 35 });
	await expect(answer(open(), request({ tokenBudget: 15 }))).rejects.toMatchObject({ code: 'INSUFFICIENT_TOKENS', data: { needed: 16, available: 15 } });
	expect(server.seen).toHaveLength(1);

	server.answerWith(neverEnd('and '));
	const asked: number[] = [];
	const raiseBudget = (needed: number) => {
		asked.push(needed);
		return Math.min(needed, 20);
	};
	expect((await answer(open(), request({ tokenBudget: 10, raiseBudget }))).end).toMatchObject({
		finish: 'budget',
		usage: { promptTokens: 15, completionTokens: 5 },
	});
	expect(asked.slice(0, 2)).toEqual([16, 17]);
	expect(lastBody()).toMatchObject({ max_tokens: 100 });
});

test('vectors come in the order of their texts, and only if there are as many', async () => {
	server.answerWith(refuse(200, { data: [1, 0].map((index) => ({ index, embedding: [index, 0.5] })) }));
	expect(await open().embed('small', ['a', 'b'])).toEqual([
		[0, 0.5],
		[1, 0.5],
	]);
	expect(server.seen).toMatchObject([{ path: '/v1/embeddings', body: { model: 'small', input: ['a', 'b'], encoding_format: 'float' } }]);
	expect(await open().embed('small', [])).toEqual([]);
	await expect(open().embed('small', ['a'])).rejects.toMatchObject({ code: 'SERVER_CONFUSED' });
});

test('the models of a server are listed in its order', async () => {
	server.answerWith(refuse(200, { object: 'list', data: [{ id: 'b', owned_by: 'me' }, { id: 'a' }] }));
	expect(await open().listModels()).toEqual(['b', 'a']);
	expect(server.seen).toMatchObject([{ method: 'GET', path: '/v1/models', authorization: `Bearer ${key}` }]);
	server.answerWith(refuse(200, '<html>'));
	await expect(open().listModels()).rejects.toMatchObject({ code: 'SERVER_CONFUSED' });
});

test('the health of a server is asked for where its kind tells it', async () => {
	server.answerWith(refuse(200, { status: 'ok' }));
	await open('llamaServer').check();
	await open('ollama').check();
	expect(server.seen.map(({ path }) => path)).toEqual(['/health', '/v1/models']);
	server.answerWith(refuse(503, { error: { code: 503, message: 'Loading model' } }));
	await expect(open('llamaServer').check()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('offline a server elsewhere is not asked, and one on this machine is', async () => {
	policy.offline = true;
	server.answerWith(speak(['here']));
	expect((await answer(open())).text).toBe('here');
	for (const endpoint of ['https://api.example/v1', 'http://192.168.1.9/v1']) {
		await expect(answer(open('other', { endpoint }))).rejects.toMatchObject({ code: 'OFFLINE' });
	}
});

test('who asks a server that is not there learns its name, and an administrator who tests it where it sends on to', async () => {
	await expect(answer(open('other', { endpoint: 'http://127.0.0.1:9/v1' }))).rejects.toMatchObject({
		code: 'NETWORK_FAILED',
		data: { host: 'Server', reason: 'refused' },
	});
	server.answerWith(refuse(307, '', { location: 'https://elsewhere.test/v1?key=1' }));
	await expect(open().listModels()).rejects.toMatchObject({ code: 'BACKEND_REFUSED', data: { reason: 'redirect', detail: 'https://elsewhere.test' } });
});

test('plain http goes no further than this network', async () => {
	await expect(answer(open('other', { endpoint: 'http://203.0.113.9/v1' }))).rejects.toMatchObject({ code: 'BACKEND_REFUSED', data: { reason: 'insecure' } });
});
