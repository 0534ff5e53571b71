import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type OpenedGateway, openGateway } from '../openGateway.test-support.ts';

let gateway: OpenedGateway;
let openai: OpenAI;

beforeAll(async () => {
	gateway = await openGateway();
	openai = gateway.openai(await gateway.key());
}, 60_000);
afterAll(() => gateway.close());

const messages = [{ role: 'user' as const, content: 'Why are there tides?' }];

/** What a call is refused with, as the client tells it. */
async function refusal(call: Promise<unknown>) {
	const error = await call.then(
		() => null,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof OpenAI.APIError)) throw new Error(`refused with ${error}`);
	return { status: error.status, code: error.code, type: error.type, param: error.param };
}

test('lists the models by their names, and shows one by its name', async () => {
	const names: string[] = [];
	for await (const model of openai.models.list()) names.push(model.id);
	expect(names).toEqual([gateway.brief.name, gateway.endless.name].sort());
	expect(await openai.models.retrieve(gateway.brief.name)).toMatchObject({ id: gateway.brief.name, object: 'model', owned_by: 'homeroom' });
	expect(await refusal(openai.models.retrieve('no/such model'))).toEqual({ status: 404, code: 'NOT_FOUND', type: 'invalid_request_error', param: 'model' });
});

test('answers whole and as a stream with the same words for the same seed, and tells what was used', async () => {
	const order = { model: gateway.brief.name, messages, seed: 7, max_tokens: 40 };
	const whole = await openai.chat.completions.create(order);
	const choice = whole.choices[0];
	expect(choice?.message.content).toMatch(/\w{2}/);
	expect(choice).toMatchObject({ index: 0, logprobs: null, finish_reason: expect.stringMatching(/^(stop|length)$/) });
	const { data: stream, response } = await openai.chat.completions.create({ ...order, stream: true, stream_options: { include_usage: true } }).withResponse();
	let text = '';
	let homeroom: unknown = null;
	const finishes: unknown[] = [];
	let usage: unknown = null;
	for await (const chunk of stream) {
		text += chunk.choices[0]?.delta.content ?? '';
		if (chunk.choices[0]?.finish_reason) finishes.push(chunk.choices[0].finish_reason);
		if (chunk.usage) usage = chunk.usage;
		if ('homeroom' in chunk) homeroom = chunk.homeroom;
	}
	expect({ text, finishes }).toEqual({ text: choice?.message.content, finishes: [choice?.finish_reason] });
	const { prompt_tokens = 0, completion_tokens = 0, total_tokens } = whole.usage ?? {};
	expect([total_tokens, completion_tokens > 1]).toEqual([prompt_tokens + completion_tokens, true]);
	// The same was asked before, so that nothing was computed for it, and that is said.
	expect(usage).toMatchObject({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });
	expect([whole, homeroom]).toMatchObject([{ homeroom: { from_cache: false } }, { from_cache: true }]);
	expect(response.headers.get('x-homeroom-cache')).toBe('hit');
});

test('ends an answer at its length and before a text that ends it', async () => {
	const long = await openai.chat.completions.create({ model: gateway.endless.id, messages, max_completion_tokens: 5, seed: 1 });
	expect(long.choices[0]?.finish_reason).toBe('length');
	expect(long.usage?.completion_tokens).toBe(5);
	const [word] = /\w+/.exec(
		(await openai.chat.completions.create({ model: gateway.endless.id, messages, max_tokens: 30, seed: 1 })).choices[0]?.message.content?.slice(20) ?? '',
	) ?? [''];
	const stopped = await openai.chat.completions.create({ model: gateway.endless.id, messages, max_tokens: 30, seed: 1, stop: [word] });
	expect(stopped.choices[0]?.finish_reason).toBe('stop');
	expect(stopped.choices[0]?.message.content).not.toContain(word);
});

test('keeps an answer to a JSON schema, and to JSON alone', async () => {
	const shape = z.strictObject({
		title: z.string().max(20),
		level: z.enum(['low', 'high']),
		points: z.array(z.int()).min(1).max(3),
		note: z.string().max(10).nullable(),
	});
	const schema = {
		type: 'object',
		title: 'A judgement',
		properties: {
			title: { type: 'string', maxLength: 20 },
			level: { enum: ['low', 'high'] },
			points: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 3 },
			note: { type: ['string', 'null'], maxLength: 10 },
		},
		required: ['title', 'level', 'points', 'note'],
		additionalProperties: false,
	};
	const kept = await openai.chat.completions.create({
		...{ model: gateway.brief.name, messages, seed: 3, max_tokens: 400 },
		response_format: { type: 'json_schema', json_schema: { name: 'judgement', strict: true, schema } },
	});
	expect(() => shape.parse(JSON.parse(kept.choices[0]?.message.content ?? ''))).not.toThrow();
	const any = await openai.chat.completions.create({ model: gateway.brief.name, messages, seed: 3, max_tokens: 800, response_format: { type: 'json_object' } });
	if (any.choices[0]?.finish_reason === 'stop') expect(JSON.parse(any.choices[0].message.content ?? '')).toBeTypeOf('object');
	expect(any.choices[0]?.message.content?.[0]).toBe('{');
});

test('tells how likely each token was, and the tokens are the text', async () => {
	const { choices } = await openai.chat.completions.create({ model: gateway.brief.name, messages, seed: 5, max_tokens: 20, logprobs: true });
	const content = choices[0]?.logprobs?.content ?? [];
	expect(content.map(({ token }) => token).join('')).toBe(choices[0]?.message.content);
	expect(content.every(({ logprob }) => logprob <= 0 && Number.isFinite(logprob))).toBe(true);
	expect(content.length).toBeGreaterThan(2);
});

test('goes on with a plain prompt', async () => {
	const whole = await openai.completions.create({ model: gateway.brief.name, prompt: 'The moon', seed: 2, max_tokens: 12 });
	let text = '';
	for await (const chunk of await openai.completions.create({ model: gateway.brief.name, prompt: ['The moon'], seed: 2, max_tokens: 12, stream: true }))
		text += chunk.choices[0]?.text ?? '';
	expect(text).toBe(whole.choices[0]?.text);
	expect(text).not.toBe('');
	// No template stands around it.
	expect(whole.usage?.prompt_tokens).toBeLessThan(10);
	expect(await refusal(openai.completions.create({ model: gateway.brief.name, prompt: '' }))).toMatchObject({ status: 400, param: 'prompt' });
});

test('gives vectors as numbers and as base64, the same ones', async () => {
	const input = ['The moon', 'The sun'];
	const floats = await openai.embeddings.create({ model: gateway.brief.name, input, encoding_format: 'float' });
	// The client asks for base64 by itself and turns it into numbers.
	const decoded = await openai.embeddings.create({ model: gateway.brief.name, input });
	expect(floats.data).toHaveLength(2);
	for (const [at, { embedding }] of floats.data.entries()) {
		expect(embedding.length).toBeGreaterThan(10);
		expect(decoded.data[at]?.embedding).toEqual([...Float32Array.from(embedding)]);
	}
	expect(floats.usage.prompt_tokens).toBeGreaterThan(1);
});

test('tells what is wrong in OpenAI’s form, with our code and the field', async () => {
	const order = { model: gateway.brief.name, messages };
	const invalid = (param: string | null) => ({ status: 400, code: 'INVALID_INPUT', type: 'invalid_request_error', param });
	const refusals = await Promise.all([
		refusal(gateway.openai('hr_wrong').models.list()),
		refusal(openai.chat.completions.create({ ...order, model: 'gpt-9' })),
		refusal(openai.chat.completions.create({ ...order, n: 2 })),
		refusal(openai.chat.completions.create({ ...order, temperature: 9 })),
		refusal(openai.chat.completions.create({ ...order, messages: [] })),
		refusal(openai.chat.completions.create({ ...order, presence_penalty: 1 })),
		refusal(
			openai.chat.completions.create({
				...order,
				response_format: { type: 'json_schema', json_schema: { name: 's', schema: { type: 'object', properties: { at: { type: 'string', pattern: '^a' } } } } },
			}),
		),
		refusal(openai.chat.completions.create({ ...order, messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:,' } }] }] })),
		refusal(openai.embeddings.create({ model: gateway.brief.name, input: '' })),
	]);
	expect(refusals).toEqual([
		{ status: 401, code: 'KEY_UNKNOWN', type: 'authentication_error', param: null },
		{ status: 404, code: 'NOT_FOUND', type: 'invalid_request_error', param: 'model' },
		invalid('n'),
		invalid('temperature'),
		invalid('messages'),
		invalid('presence_penalty'),
		invalid('response_format.json_schema.schema.properties.at.pattern'),
		invalid('messages.0.content'),
		invalid('input'),
	]);
});

test('a prompt that is too long is refused as those look for who shorten conversations by themselves', async () => {
	const long = [{ role: 'user' as const, content: 'tide '.repeat(20_000) }];
	const call = gateway.openai(await gateway.key()).chat.completions.create({ model: gateway.brief.name, messages: long });
	const error = await call.then(
		() => null,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof OpenAI.BadRequestError)) throw new Error(`refused with ${error}`);
	expect([error.code, error.message]).toEqual(['context_length_exceeded', expect.stringContaining('Shorten it')]);
	expect(error.message).not.toContain('maxTokens');
}, 60_000);
