import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Model } from '#contract/library.ts';
import { engineHosts, longText } from '../engine/openTestBed.test-support.ts';
import { toolTemplate } from '../engine/toolTemplate.test-support.ts';
import { type OpenedGateway, openGateway } from './openGateway.test-support.ts';

let gateway: OpenedGateway;
let caller: Model;
let key: string;

beforeAll(async () => {
	gateway = await openGateway();
	await gateway.client.ledger.setAllowance({ accountId: gateway.stage.olga.accountId, isMetered: true, allowance: null });
	await gateway.client.ledger.topUp({ accountId: gateway.stage.olga.accountId, requestId: 'enough for all', tokens: 1_000_000 });
	caller = await gateway.addModel('caller.gguf', { endless: true, chatTemplate: toolTemplate('<tool_call>') });
	key = await gateway.key();
}, 60_000);
afterAll(() => gateway.close());

const messages = [{ role: 'user', content: 'Tides?' }];
const post = (body: object, signal?: AbortSignal) =>
	fetch(`${gateway.origin}/v1/chat/completions`, {
		...{ method: 'POST', body: JSON.stringify(body), signal: signal ?? null },
		headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
	});
const balance = async () => {
	for await (const told of await gateway.client.ledger.watch()) return told.balance;
	throw new Error('no balance');
};
const atWork = async () => {
	for await (const deployments of await gateway.client.engine.watch()) return deployments.reduce((sum, { activeRequests }) => sum + activeRequests, 0);
	throw new Error('no deployments');
};
const settled = () => vi.waitFor(async () => expect([(await balance()).reserved, await atWork()]).toEqual([0, 0]), { timeout: 10_000, interval: 20 });

test('an answer in one piece whose reader leaves ends, is charged for what was made, and leaves its place', async () => {
	await post({ model: gateway.endless.name, messages, max_tokens: 1 });
	const before = (await balance()).available;
	const leaving = new AbortController();
	const asked = post({ model: gateway.endless.name, messages, max_tokens: 100_000 }, leaving.signal).catch((error: unknown) => error);
	// What is set aside grows with what is written, of which nothing else is to be seen.
	const begun = await vi.waitFor(
		async () => {
			const { reserved } = await balance();
			expect(reserved).toBeGreaterThan(0);
			return reserved;
		},
		{ timeout: 20_000, interval: 20 },
	);
	await vi.waitFor(async () => expect((await balance()).reserved).toBeGreaterThan(begun), { timeout: 30_000, interval: 20 });
	leaving.abort();
	expect(await asked).toMatchObject({ name: 'AbortError' });
	await settled();
	expect((await balance()).available).toBeLessThan(before);
	expect((await post({ model: gateway.brief.name, messages, max_tokens: 8 })).status).toBe(200);
}, 60_000);

test('a copy that is killed in the middle of a call ends that stream with the cause, is charged for what was told, and the next call is whole', async () => {
	if (process.platform !== 'linux') return;
	const owner = gateway.client;
	const others = new Set(await engineHosts());
	await owner.engine.load({ modelId: caller.id, wishes: { contextTokens: 2048, parallel: 1, replicas: 2 } });
	await vi.waitFor(
		async () => {
			for await (const deployments of await owner.engine.watch())
				return expect(deployments.filter(({ modelId, state }) => modelId === caller.id && state === 'running')).toHaveLength(2);
		},
		{ timeout: 60_000, interval: 100 },
	);
	const order = (parts: number, more: object) => ({
		...{ model: caller.name, messages, max_tokens: 1500, tool_choice: 'required', ...more },
		tools: [
			{ type: 'function', function: { name: 'write_essay', parameters: { type: 'object', properties: { parts: longText(parts * 40) }, required: ['parts'] } } },
		],
	});
	const before = (await balance()).available;
	const response = await post(order(100, { stream: true }));
	const reader = (response.body as ReadableStream<Uint8Array>).getReader();
	let text = '';
	const read = async () => {
		const { value, done } = await reader.read();
		text += Buffer.from(value ?? []).toString();
		return !done;
	};
	while (text.split('"arguments":').length < 5) if (!(await read())) break;
	for (const host of await engineHosts()) if (!others.has(host)) process.kill(host, 'SIGKILL');
	while (await read());
	const last = text.trimEnd().split('\n\n').at(-1) ?? '';
	expect(JSON.parse(last.replace(/^data: /, ''))).toMatchObject({ error: { code: 'MODEL_WORKER_CRASHED', type: expect.any(String) } });
	expect(text).not.toContain('[DONE]');
	expect(text).not.toContain('"finish_reason":"tool_calls"');
	await settled();
	expect((await balance()).available).toBeLessThan(before);

	// It waits for the first copy that is back.
	const whole = (await (await post(order(1, {}))).json()) as {
		choices: { finish_reason: string; message: { tool_calls: { function: { arguments: string } }[] } }[];
	};
	expect(whole.choices[0]?.finish_reason).toBe('tool_calls');
	expect(JSON.parse(whole.choices[0]?.message.tool_calls[0]?.function.arguments ?? '')).toEqual({ parts: [expect.any(String)] });
}, 120_000);
