import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Model } from '#contract/library.ts';
import { toolTemplate } from '../../engine/toolTemplate.test-support.ts';
import { chunkOf, type ServedBackend, sendEvents, serveBackend, usageOf } from '../../routes/backends/serveBackend.test-support.ts';
import { type OpenedGateway, openGateway } from '../openGateway.test-support.ts';

let gateway: OpenedGateway;
let openai: OpenAI;
let caller: Model;

beforeAll(async () => {
	gateway = await openGateway();
	openai = gateway.openai(await gateway.key());
	caller = await gateway.addModel('caller.gguf', { chatTemplate: toolTemplate('<tool_call>') });
}, 60_000);
afterAll(() => gateway.close());

const weather = {
	type: 'function' as const,
	function: {
		name: 'get_weather',
		description: 'Tells the weather.',
		parameters: {
			type: 'object',
			properties: { city: { type: 'string', maxLength: 20, pattern: '^[A-Z]' }, days: { type: 'integer', minimum: 1 } },
			required: ['city', 'days'],
		},
	},
};
const clock = { type: 'function' as const, function: { name: 'clock' } };
const question = { role: 'user' as const, content: 'Will it rain in Ulm?' };
const order = (more: object = {}) => ({ model: caller.name, messages: [question], seed: 3, max_tokens: 300, tools: [weather, clock], ...more });
const must = { type: 'function' as const, function: { name: 'get_weather' } };

async function refusal(call: Promise<unknown>) {
	const error = await call.then(
		() => null,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof OpenAI.APIError)) throw new Error(`refused with ${error}`);
	return [error.status, error.code, error.param];
}

/** Puts a stream together as a program does. */
async function collect(stream: AsyncIterable<OpenAI.ChatCompletionChunk>) {
	const calls: { id: string; name: string; arguments: string }[] = [];
	let finish: string | null = null;
	let content = '';
	for await (const { choices } of stream) {
		content += choices[0]?.delta.content ?? '';
		finish = choices[0]?.finish_reason ?? finish;
		for (const piece of choices[0]?.delta.tool_calls ?? []) {
			const call = calls[piece.index] ?? { id: piece.id ?? '', name: piece.function?.name ?? '', arguments: '' };
			calls[piece.index] = call;
			call.arguments += piece.function?.arguments ?? '';
		}
	}
	return { content, calls, finish };
}

test('a model of this machine calls what it must, whole and as a stream, and goes on with what came of it', async () => {
	const whole = await openai.chat.completions.create(order({ tool_choice: must }));
	const [choice] = whole.choices;
	expect(choice).toMatchObject({ finish_reason: 'tool_calls', message: { role: 'assistant', content: null } });
	const [call] = choice?.message.tool_calls ?? [];
	if (call?.type !== 'function') throw new Error('nothing was called');
	expect(call.id).toMatch(/^call_\w{16,}$/);
	expect(JSON.parse(call.function.arguments)).toEqual({ city: expect.any(String), days: expect.any(Number) });

	const streamed = await collect(await openai.chat.completions.create({ ...order({ tool_choice: must }), stream: true }));
	expect(streamed).toMatchObject({ content: '', calls: [{ name: 'get_weather', arguments: call.function.arguments }], finish: 'tool_calls' });

	const messages = [question, choice?.message, { role: 'tool' as const, tool_call_id: call.id, content: '{"rain": true}' }];
	const answer = await openai.chat.completions.create({ ...order({ messages }) });
	expect(answer.choices[0]?.message.content).not.toBe('');
	expect(answer.usage?.prompt_tokens).toBeGreaterThan(whole.usage?.prompt_tokens ?? 0);
});

test('one of several is called where any is compulsory', async () => {
	const { choices } = await openai.chat.completions.create(order({ tool_choice: 'required', parallel_tool_calls: false }));
	expect(choices[0]?.message.tool_calls).toEqual([expect.objectContaining({ type: 'function' })]);
	expect(['get_weather', 'clock']).toContain(Object(choices[0]?.message.tool_calls?.[0]).function.name);
});

test('what cannot be called is refused with its field, before anything is computed', async () => {
	const asked = { role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'clock', arguments: '{}' } }] };
	const said = { role: 'tool', tool_call_id: 'a', content: 'noon' };
	const ask = (more: object) => refusal(openai.chat.completions.create(order(more)));
	const strict = { type: 'function', function: { ...weather.function, strict: true } };
	expect(
		await Promise.all([
			ask({ model: gateway.brief.name }),
			ask({ tools: [weather, weather] }),
			ask({ tools: [], tool_choice: 'required' }),
			ask({ tool_choice: { type: 'function', function: { name: 'other' } } }),
			ask({ tools: [{ type: 'function', function: { name: 'no good name' } }] }),
			ask({ tools: [strict] }),
			ask({ tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'string' } } }] }),
			ask({ response_format: { type: 'json_object' } }),
			ask({ messages: [question, said] }),
			ask({ messages: [question, asked] }),
			ask({ messages: [question, asked, said, said] }),
			ask({ messages: [question, { ...asked, tool_calls: [{ ...asked.tool_calls[0], function: { name: 'clock', arguments: '[1' } }] }, said] }),
			ask({ functions: [weather.function] }),
		]),
	).toEqual([
		[422, 'TOOLS_UNSUPPORTED', 'tools'],
		...[
			...['tools.1.function.name', 'tool_choice', 'tool_choice.function.name', 'tools.0.function.name'],
			...['tools.0.function.parameters.properties.city.pattern', 'tools.0.function.parameters', 'response_format'],
			...['messages.1.tool_call_id', 'messages.1.tool_calls.0', 'messages.3.tool_call_id', 'messages.1.tool_calls.0.function.arguments', 'functions'],
		].map((param) => [400, 'INVALID_INPUT', param]),
	]);
});

test('a server elsewhere is given the tools as they are, and what it calls comes back', async () => {
	const server: ServedBackend = await serveBackend();
	try {
		const { client } = gateway;
		const backend = await client.backends.add({ name: 'Elsewhere', kind: 'vllm', endpoint: server.endpoint, key: null });
		const route = await client.routes.create({ name: 'far', targets: [{ source: { kind: 'backend', backendId: backend.id, model: 'big' } }] });
		const piece = (index: number, told: object) => chunkOf({ tool_calls: [{ index, ...told }] });
		server.answerWith(
			sendEvents(
				chunkOf({ content: 'Wait.' }),
				piece(0, { id: 'x1', type: 'function', function: { name: 'get_weather', arguments: '' } }),
				piece(0, { function: { arguments: '{"city":' } }),
				piece(0, { function: { arguments: '"Ulm","days":2}' } }),
				piece(1, { id: 'x2', type: 'function', function: { name: 'clock', arguments: '{}' } }),
				chunkOf({}, 'tool_calls'),
				usageOf(40, 12),
				'[DONE]',
			),
		);
		const asked = {
			role: 'assistant' as const,
			content: null,
			tool_calls: [{ id: 'mine', type: 'function' as const, function: { name: 'clock', arguments: '{}' } }],
		};
		const messages = [question, asked, { role: 'tool' as const, tool_call_id: 'mine', content: 'noon' }];
		const streamed = await collect(await openai.chat.completions.create({ ...order({ model: route.name, messages }), stream: true }));
		expect(streamed).toMatchObject({
			content: 'Wait.',
			calls: [
				{ name: 'get_weather', arguments: '{"city":"Ulm","days":2}' },
				{ name: 'clock', arguments: '{}' },
			],
			finish: 'tool_calls',
		});
		expect(server.seen.at(-1)?.body).toMatchObject({
			tools: [weather, { type: 'function', function: { name: 'clock', parameters: { type: 'object', properties: {} } } }],
			tool_choice: 'auto',
			messages: [question, { ...asked, tool_calls: [{ ...asked.tool_calls[0], id: 'call_1_0' }] }, { role: 'tool', tool_call_id: 'call_1_0', content: 'noon' }],
		});
		const one = await openai.chat.completions.create(order({ model: route.name, parallel_tool_calls: false }));
		expect(one.choices[0]?.message.tool_calls).toHaveLength(1);
		expect(server.seen.at(-1)?.body).toMatchObject({ parallel_tool_calls: false });
	} finally {
		await server.close();
	}
});
