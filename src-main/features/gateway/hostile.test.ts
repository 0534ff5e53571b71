import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askRaw } from './askRaw.test-support.ts';
import { type OpenedGateway, openGateway } from './openGateway.test-support.ts';

const count = 1000;
let gateway: OpenedGateway;
let key: string;

beforeAll(async () => {
	gateway = await openGateway();
	await gateway.client.ledger.setAllowance({ accountId: gateway.stage.olga.accountId, isMetered: true, allowance: null });
	await gateway.client.ledger.topUp({ accountId: gateway.stage.olga.accountId, requestId: 'enough for all', tokens: 1_000_000 });
	key = await gateway.key();
}, 60_000);
afterAll(() => gateway.close());

const messages = [{ role: 'user', content: 'Tides?' }];
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const json = (body: unknown) => Buffer.from(JSON.stringify(body));

/** Bodies that no honest program sends; `n` makes each a little different. */
const bodies: ((n: number) => Buffer)[] = [
	(n) => json({ model: gateway.brief.name, messages, n_discard: -n - 1 }),
	() => json({ model: gateway.brief.name, messages, max_tokens: 1e12 }),
	(n) => json({ model: gateway.brief.name, messages, max_tokens: -n }),
	() => json({ model: gateway.brief.name, messages, max_tokens: 0.5 }),
	(n) => json({ model: gateway.brief.name, messages, seed: n % 2 ? 1e300 : 'NaN' }),
	() => Buffer.from(`{"model":"${gateway.brief.name}","messages":[{"role":"user","content":"x"}],"temperature":NaN}`),
	() => Buffer.from(`{"model":"${gateway.brief.name}","messages":[{"role":"user","content":"x"}],"top_k":1e999}`),
	() => json({ model: gateway.brief.name, messages: Array.from({ length: 10_000 }, () => messages[0]) }),
	(n) => Buffer.concat([json({ model: 'x' }).subarray(0, -1), Buffer.from([0xff, 0xfe, 0xc0, n % 256]), Buffer.from('}')]),
	(n) => json({ model: `\u0000\ud800${n}`, messages }),
	(n) => json({ model: '../../etc/passwd', messages, [`field${n}`]: n }),
	() => Buffer.from(nested(100_000, '[', ']')),
	() => Buffer.from(`{"model":"x","messages":${nested(60, '[', ']')}}`),
	() => Buffer.from('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"model":"x","messages":[]}'),
	(n) => json({ model: gateway.brief.name, messages: [{ role: ['tool', 'function', 'root', '', null][n % 5], content: 'x' }] }),
	() => json({ model: gateway.brief.name, messages, stop: Array.from({ length: 1000 }, (_, at) => `s${at}`) }),
	() => json({ model: gateway.brief.name, messages, stop: [''] }),
	() => json({ model: gateway.brief.name, messages, response_format: { type: 'json_schema', json_schema: { name: 's', schema: { $ref: '#' } } } }),
	() => json({ model: gateway.brief.name, messages, max_tokens: 5, response_format: schemaOf({ $ref: '#/$defs/none' }) }),
	() => json({ model: gateway.brief.name, messages, max_tokens: 5, response_format: schemaOf({ type: 'array', items: { type: 'string', maxLength: 1e9 } }) }),
	(n) => json([null, n, 'text', [], true][n % 5]),
	() => Buffer.alloc(0),
	(n) => Buffer.from('{"model":'.slice(0, n % 9)),
	() => json({ model: gateway.brief.name, messages: [{ role: 'user', content: 'word '.repeat(200_000) }], max_tokens: 5 }),
	() => json({ model: gateway.brief.name, prompt: [[1, 2, 3]], input: [[1]] }),
	(n) => json({ model: gateway.brief.name, input: Array.from({ length: 600 + n }, () => 'x') }),
];

function schemaOf(schema: object): object {
	return { type: 'json_schema', json_schema: { name: 's', schema } };
}

/** One hostile request: how it ended. */
async function attack(n: number): Promise<string> {
	const path = ['/v1/chat/completions', '/v1/completions', '/v1/embeddings'][Math.floor(n / bodies.length) % 3] ?? '';
	const authorization = `Bearer ${key}`;
	const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${gateway.port}\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\n`;
	// What fetch would never send.
	if (n % 20 === 1) return String((await askRaw(gateway.port, `${head}content-length: 52428800\r\n\r\n{`))?.status);
	if (n % 20 === 3) return String((await askRaw(gateway.port, `${head}content-length: 5\r\ncontent-length: 50\r\n\r\n{}`))?.status);
	if (n % 20 === 5) return String((await askRaw(gateway.port, `${head}x-long: ${'x'.repeat(20_000)}\r\n\r\n`))?.status);
	if (n % 20 === 7) return String((await askRaw(gateway.port, `${head}transfer-encoding: chunked\r\nconnection: close\r\n\r\nZZ\r\n`))?.status);
	if (n % 20 === 9) return abandon(head);
	if (n % 20 === 11) return leave();
	const body = bodies[n % bodies.length]?.(n) ?? Buffer.alloc(0);
	const response = await fetch(gateway.origin + path, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body });
	const text = await response.text();
	if (response.status >= 400 && !/"code":"([A-Z_]+|context_length_exceeded)"/.test(text)) return `no code: ${text.slice(0, 100)}`;
	if (/\/work\/|node_modules|at \w+ \(/.test(text)) return `tells too much: ${text.slice(0, 100)}`;
	return String(response.status);
}

/** A body that breaks off. */
async function abandon(head: string): Promise<string> {
	const socket = connect(gateway.port, '127.0.0.1');
	socket.on('error', () => {});
	await new Promise<void>((sent) => socket.write(`${head}content-length: 1000\r\n\r\n{"model":"`, () => sent()));
	socket.destroy();
	return 'left';
}

/** Leaves in the middle of an endless stream. */
async function leave(): Promise<string> {
	const leaving = new AbortController();
	const body = JSON.stringify({ model: gateway.endless.name, messages, max_tokens: 100_000, stream: true });
	try {
		const response = await fetch(`${gateway.origin}/v1/chat/completions`, {
			...{ method: 'POST', body, signal: leaving.signal },
			headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
		});
		if (response.status === 429) return '429';
		await (response.body as ReadableStream).getReader().read();
		return 'left';
	} finally {
		leaving.abort();
	}
}

test(`S6 of ${count} hostile requests each is refused or bounded, nothing that was set aside stays so, and honest ones are answered after them`, async () => {
	const endings: Record<string, number> = {};
	const prototype = Object.getOwnPropertyNames(Object.prototype).length;
	for (let n = 0; n < count; n += 8) {
		const ended = await Promise.all(Array.from({ length: Math.min(8, count - n) }, (_, at) => attack(n + at)));
		for (const ending of ended) endings[ending] = (endings[ending] ?? 0) + 1;
	}
	// What is none of these would be a crash, a bug (500) or an answer that tells too much. 200: the bounded ones, such as an array that was cut at its length.
	expect(Object.keys(endings).filter((ending) => !['200', '400', '404', '413', '422', '429', '431', 'left'].includes(ending))).toEqual([]);
	expect(Object.values(endings).reduce((sum, each) => sum + each, 0)).toBe(count);
	expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(prototype);
	expect(gateway.stage.logged.filter((line) => line.includes('a request of a program failed'))).toEqual([]);

	await vi.waitFor(
		async () => {
			for await (const { balance } of await gateway.client.ledger.watch()) return expect(balance.reserved).toBe(0);
		},
		{ timeout: 10_000 },
	);
	await vi.waitFor(
		async () => {
			for await (const deployments of await gateway.client.engine.watch())
				return expect(deployments.filter(({ activeRequests }) => activeRequests > 0)).toEqual([]);
		},
		{ timeout: 10_000 },
	);
	const openai = gateway.openai(key);
	const { choices } = await openai.chat.completions.create({ model: gateway.brief.name, messages: [{ role: 'user', content: 'Tides?' }], max_tokens: 8 });
	expect(choices[0]?.message.content).not.toBe('');
}, 180_000);
