import net from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Member } from '../../openApp.test-support.ts';
import { askRaw, rawRequest } from './askRaw.test-support.ts';
import { machineAddresses } from './certificates.ts';
import { type OpenedGateway, openGateway } from './openGateway.test-support.ts';

const page = 'https://school.example';
let gateway: OpenedGateway;
let key: string;
let uli: Member;

beforeAll(async () => {
	gateway = await openGateway({ origins: [page] });
	key = await gateway.key();
	uli = await gateway.stage.member('Uli', 'user');
	// Loaded once, which takes a while on a busy machine.
	for (const model of [gateway.brief.name, gateway.endless.name]) expect((await post(key, order({ model, max_tokens: 1 }))).status).toBe(200);
}, 180_000);
afterAll(() => gateway.close());

const routes = ['GET /v1/models', 'GET /v1/models/brief', 'POST /v1/chat/completions', 'POST /v1/completions', 'POST /v1/embeddings'];
const order = (more: object = {}) => ({ model: gateway.brief.name, messages: [{ role: 'user', content: 'Tides?' }], max_tokens: 8, ...more });

function post(secret: string, body: unknown, more: { path?: string; headers?: Record<string, string>; signal?: AbortSignal } = {}): Promise<Response> {
	return fetch(`${gateway.origin}${more.path ?? '/v1/chat/completions'}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...more.headers },
		body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
		...(more.signal ? { signal: more.signal } : {}),
	});
}
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { error: { code: string } }).error.code];
const models = (secret: string, headers: Record<string, string> = {}) =>
	fetch(`${gateway.origin}/v1/models`, { headers: { authorization: `Bearer ${secret}`, ...headers } });
/** Of a member, what is set aside for what still runs. */
const reservedOf = async (member: Member) => (await first(await member.client.ledger.watch())).balance.reserved;
async function first<T>(stream: AsyncIterable<T>): Promise<T> {
	for await (const value of stream) return value;
	throw new Error('an empty stream');
}
/** Until an endless answer has begun. */
async function begin(response: Response): Promise<ReadableStreamDefaultReader<Uint8Array>> {
	const reader = (response.body as ReadableStream<Uint8Array>).getReader();
	for (let text = ''; text.split('"content":"').length < 4; ) {
		const { done, value } = await reader.read();
		if (done) throw new Error(`the answer ended before: ${text}`);
		text += Buffer.from(value).toString();
	}
	return reader;
}

test('S1 it listens on the loopback address alone, as read back from the socket, and on no other of this machine', async () => {
	expect(gateway.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	for (const address of machineAddresses()) {
		const socket = net.connect(gateway.port, address);
		const told = await new Promise((resolve) =>
			socket.once('error', (error) => resolve('code' in error && error.code)).once('connect', () => resolve('connected')),
		);
		socket.destroy();
		expect([address, told]).not.toEqual([address, 'connected']);
	}
	const error = await gateway.client.gateway.change({ address: '0.0.0.0' }).catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({ code: 'INVALID_INPUT', data: { issues: [{ path: 'opensToNetwork' }] } });
});

test('S2 of 40 values of Host the three names with the port pass, the rest get 403 before anything is looked at', async () => {
	const { port } = gateway;
	const good = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
	const bad = [
		...[
			'attacker.example',
			`attacker.example:${port}`,
			'127.0.0.1',
			'localhost',
			'[::1]',
			'127.0.0.1:',
			'localhost:',
			`localhost.:${port}`,
			`127.0.0.1.:${port}`,
		],
		...[
			`127.0.0.1.evil.example:${port}`,
			`localhost.evil.example:${port}`,
			`LOCALHOST:${port}`,
			`Localhost:${port}`,
			`2130706433:${port}`,
			`0x7f000001:${port}`,
		],
		...[
			`127.1:${port}`,
			`127.0.0.2:${port}`,
			`0.0.0.0:${port}`,
			`0:${port}`,
			`[::]:${port}`,
			`[::ffff:127.0.0.1]:${port}`,
			`[0:0:0:0:0:0:0:1]:${port}`,
			`::1:${port}`,
		],
		...[
			`127.0.0.1:${port + 1}`,
			`127.0.0.1:0${port}`,
			`127.0.0.1:${port}0`,
			`127.0.0.1:${port}.`,
			`127.0.0.1:+${port}`,
			`user@127.0.0.1:${port}`,
			`127.0.0.1:${port}@evil`,
		],
		...[`127.0.0.1:${port},evil`, `127.0.0.1:${port} evil`, `evil 127.0.0.1:${port}`, `http://127.0.0.1:${port}`, '', 'null', `ı27.0.0.1:${port}`],
	];
	expect(good.length + bad.length).toBe(40);
	const status = async (line: string, headers: string[]) => (await askRaw(port, rawRequest(line, headers)))?.status;
	expect(await Promise.all(good.map((host) => status('GET /v1/models', [`host: ${host}`, `authorization: Bearer ${key}`])))).toEqual([200, 200, 200]);
	const refused = await Promise.all(bad.map((host) => status('GET /v1/models', [`host: ${host}`, `authorization: Bearer ${key}`])));
	expect(refused).toEqual(bad.map(() => 403));
	expect(await status('GET /v1/models', [`authorization: Bearer ${key}`])).toBe(403);
	expect(await status('GET /v1/models', [`host: ${good[0]}`, 'host: evil', `authorization: Bearer ${key}`])).not.toBe(200);
	const upgrade = ['connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13', 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA=='];
	for (const line of ['POST /v1/completions', 'OPTIONS /v1/models', 'DELETE /', 'PUT /nowhere'])
		expect([line, await status(line, ['host: evil', ...upgrade])]).toEqual([line, 403]);
	expect(await status(`GET http://127.0.0.1:${port}/v1/models`, [`host: ${good[0]}`, `authorization: Bearer ${key}`])).toBe(403);
});

test('who is not admitted is told why in the form of what was asked, by the name of the request', async () => {
	const { port } = gateway;
	const host = `host: 127.0.0.1:${port}`;
	const told = async (path: string, ...headers: string[]) => {
		const answer = await askRaw(port, rawRequest(`GET ${path}`, [...headers, `authorization: Bearer ${key}`, 'x-request-id: lesson-9']));
		const body = answer?.body ?? '';
		// It comes in chunks.
		return [answer?.headers['x-request-id'], JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1))];
	};
	expect(await told('/v1/models', 'host: evil')).toEqual(['lesson-9', { error: expect.objectContaining({ code: 'NOT_ADMITTED', type: 'permission_error' }) }]);
	const refused = { success: false, error: 'NOT_ADMITTED', details: { reason: 'origin' }, code: 403 };
	expect(await told('/api/v1/models', host, 'origin: https://evil.example')).toEqual(['lesson-9', expect.objectContaining(refused)]);
});

test('a credential that is no good is said to be so, one that is missing is asked for, and a key names what it lacks', async () => {
	const withoutChat = await gateway.key(uli, { scopes: ['jobs'] });
	const unsigned = await fetch(`${gateway.origin}/v1/models`);
	expect(unsigned.headers.get('www-authenticate')).toBe('Bearer');
	expect(await codeOf(unsigned)).toEqual([401, 'NOT_SIGNED_IN']);
	for (const unknown of ['hr_nobody', `${key}x`, 'a.b.c']) expect(await codeOf(await models(unknown))).toEqual([401, 'KEY_UNKNOWN']);
	const refused = (await (await models(withoutChat)).json()) as { error: { code: string; message: string } };
	expect([refused.error.code, refused.error.message]).toEqual(['KEY_NOT_FOR_THIS', expect.stringContaining('use one of these: Chat.')]);
});

test('S3 a page that is not listed is refused, also its preflight and what it embeds; one that is listed is answered by name', async () => {
	for (const origin of ['null', 'https://evil.example', `${page}.evil.example`, 'http://school.example', `${page}:444`, gateway.origin, '*', '']) {
		const asked = await askRaw(
			gateway.port,
			rawRequest('GET /v1/models', [`host: 127.0.0.1:${gateway.port}`, `origin: ${origin}`, `authorization: Bearer ${key}`]),
		);
		expect([origin, asked?.status, asked?.headers['access-control-allow-origin']]).toEqual([origin, 403, undefined]);
		const preflight = await askRaw(
			gateway.port,
			rawRequest('OPTIONS /v1/models', [`host: 127.0.0.1:${gateway.port}`, `origin: ${origin}`, 'access-control-request-method: GET']),
		);
		expect([origin, preflight?.status, preflight?.headers['access-control-allow-origin']]).toEqual([origin, 403, undefined]);
	}
	expect((await models(key, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);

	const headers = { origin: page, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization, x-stainless-os' };
	const preflight = await fetch(`${gateway.origin}/v1/chat/completions`, { method: 'OPTIONS', headers });
	expect([preflight.status, preflight.headers.get('access-control-allow-origin'), preflight.headers.get('access-control-allow-headers')]).toEqual([
		204,
		page,
		'authorization, x-stainless-os',
	]);
	const answered = await models(key, { origin: page });
	expect([answered.status, answered.headers.get('access-control-allow-origin'), answered.headers.get('vary')]).toEqual([200, page, 'origin']);
	// Without a key a listed page is nobody, like anyone else.
	expect((await fetch(`${gateway.origin}/v1/models`, { headers: { origin: page } })).status).toBe(401);
});

test('S3 bodies are JSON by name: what a plain form can send is not read', async () => {
	const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', 'text/json', ''];
	const refused = await Promise.all(types.map(async (type) => await codeOf(await post(key, JSON.stringify(order()), { headers: { 'content-type': type } }))));
	expect(refused).toEqual(types.map(() => [415, 'WRONG_CONTENT_TYPE']));
});

test('S4 no route answers without a key, whatever else it is put into; what is no route is 404', async () => {
	const host = `host: 127.0.0.1:${gateway.port}`;
	const ways = [
		...[
			[],
			[`x-api-key: ${key}`],
			[`api-key: ${key}`],
			[`cookie: access=${key}; key=${key}`],
			[`authorization: Basic ${Buffer.from(`user:${key}`).toString('base64')}`],
		],
		...[
			[`authorization: ${key}`],
			[`authorization: Bearer ${key}x`],
			[`authorization: Bearer ${key.slice(0, -1)}`],
			['authorization: Bearer '],
			[`authorization: Bearer  ${key}`],
		],
		...[
			[`proxy-authorization: Bearer ${key}`],
			['authorization: Bearer hr_'],
			['authorization: Bearer e30.e30.'],
			[`authorization: Bearer ${key}, Bearer ${key}`],
		],
	];
	for (const route of routes) {
		const answers = await Promise.all(
			ways.map((way) =>
				askRaw(gateway.port, rawRequest(`${route}?api_key=${key}&key=${key}`, [host, 'content-type: application/json', 'content-length: 0', ...way])),
			),
		);
		expect([route, answers.map((answer) => answer?.status)]).toEqual([route, ways.map(() => 401)]);
	}
	for (const path of [
		'/',
		'/v1',
		'/v1/',
		'/v1/modelss',
		'/v2/models',
		'/api/generate',
		'/v1/../v1/models',
		'//v1/models',
		'/favicon.ico',
		'/.git/config',
		'/V1/models',
	]) {
		const withKey = await askRaw(gateway.port, rawRequest(`GET ${path}`, [host, `authorization: Bearer ${key}`]));
		const without = await askRaw(gateway.port, rawRequest(`GET ${path}`, [host]));
		expect([path, withKey?.status, without?.status]).toEqual([path, 404, 404]);
	}
});

test('whatever is asked wrongly is refused in the form of the API that was asked', async () => {
	const host = `host: 127.0.0.1:${gateway.port}`;
	const long = 'x'.repeat(600);
	const ours = ['GET /api/v1/models/%ff', `GET /api/v1/models/${long}`, 'GET /api/v1/none', 'GET /api', 'GET /api/v1/mod\u0001els', 'HEAD /api/v1/none'];
	const openais = ['GET /v1/models/%ff', 'GET /v1/none', 'GET /none', 'GET /v1/mod\u0001els'];
	for (const line of [...ours, ...openais]) {
		const answer = await askRaw(gateway.port, rawRequest(line, [host, `authorization: Bearer ${key}`]));
		expect([line, answer?.status]).toEqual([line, expect.toSatisfy((status) => status === 400 || status === 404)]);
		if (line.startsWith('HEAD')) continue;
		const code = answer?.status === 404 ? 'NOT_FOUND' : 'INVALID_INPUT';
		const form = ours.includes(line) ? { success: false, error: code, code: answer?.status, details: {} } : { error: { code, type: 'invalid_request_error' } };
		expect([line, JSON.parse(answer?.body ?? '')]).toMatchObject([line, form]);
	}
});

test('S4 a key opens what it was made for alone, and nobody gets more by it than its owner has', async () => {
	const jobs = await gateway.key(undefined, { scopes: ['jobs', 'ledger'] });
	for (const route of routes) {
		const [method, path] = route.split(' ') as [string, string];
		const body =
			method === 'POST'
				? { body: '{}', headers: { authorization: `Bearer ${jobs}`, 'content-type': 'application/json' } }
				: { headers: { authorization: `Bearer ${jobs}` } };
		expect([route, (await fetch(gateway.origin + path, { method, ...body })).status]).toEqual([route, 403]);
	}
	const barred = await gateway.stage.member('Bea', 'user');
	await gateway.client.accounts.change({ accountId: barred.accountId, modelIds: [gateway.endless.id] });
	const secret = await gateway.key(barred);
	expect(((await (await models(secret)).json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual([gateway.endless.name]);
	expect(await codeOf(await post(secret, order()))).toEqual([404, 'NOT_FOUND']);
});

test('an access token is as good as a key, as long as its session is', async () => {
	const { token } = (await gateway.stage.app.accounts.signIn({ name: 'Uli', password: 'a stone in the shoe' }, { device: 'a program', address: '::1' })).access;
	expect((await models(token)).status).toBe(200);
	await uli.client.accounts.endOtherSessions();
	expect((await models(token)).status).toBe(401);
});

test('S5 more requests in a minute than a key may have get 429 with the time to wait, and others go on', async () => {
	const secret = await gateway.key(uli, { limits: { requestsPerMinute: 3 } });
	const answers = await Promise.all([1, 2, 3, 4, 5].map(() => models(secret)));
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
	const late = answers.find(({ status }) => status === 429);
	expect(Number(late?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
	expect(Number(late?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
	expect(await late?.json()).toMatchObject({ error: { code: 'TOO_MANY_REQUESTS', type: 'rate_limit_error' } });
	expect((await models(key)).status).toBe(200);
});

test('S5 S6 more answers at once than a key may have get 429; a reader that leaves is charged for what was made, and its place is free', async () => {
	const secret = await gateway.key(uli, { limits: { streamsAtOnce: 1 } });
	const endless = order({ model: gateway.endless.name, max_tokens: 100_000, stream: true });
	await post(secret, order());
	const before = (await first(await uli.client.ledger.watch())).balance.available;
	const leaving = new AbortController();
	await begin(await post(secret, endless, { signal: leaving.signal }));
	const second = await post(secret, order());
	expect([second.status, second.headers.get('retry-after')]).toEqual([429, '2']);
	leaving.abort();
	await vi.waitFor(async () => expect(await reservedOf(uli)).toBe(0), { timeout: 10_000, interval: 20 });
	const { available } = (await first(await uli.client.ledger.watch())).balance;
	expect(available).toBeLessThan(before);
	await vi.waitFor(async () => expect((await first(await gateway.client.engine.watch())).every(({ activeRequests }) => activeRequests === 0)).toBe(true), {
		timeout: 10_000,
	});
	expect((await post(secret, order())).status).toBe(200);
});

test('S5 a key with a limit of tokens is refused at no cost once it is used, with the time until the next month', async () => {
	const rich = await gateway.stage.member('Rike', 'user');
	const secret = await gateway.key(rich, { limits: { tokensPerMonth: 60 } });
	expect((await post(secret, order({ max_tokens: 4 }))).status).toBe(200);
	const { available } = (await first(await rich.client.ledger.watch())).balance;
	let answer = await post(secret, order({ max_tokens: 4 }));
	for (let tries = 0; answer.status === 200 && tries < 30; tries++) answer = await post(secret, order({ max_tokens: 4 }));
	expect(await codeOf(answer.clone())).toEqual([429, 'KEY_TOKENS_SHORT']);
	const waitSeconds = Number(answer.headers.get('retry-after') ?? 'none');
	expect([waitSeconds > 0, waitSeconds <= 31 * 86_400]).toEqual([true, true]);
	const spent = (await rich.client.accounts.keys())[0]?.usedThisMonth ?? 0;
	expect(spent).toBeLessThanOrEqual(60);
	const balance = (await first(await rich.client.ledger.watch())).balance;
	expect([balance.available, balance.reserved]).toEqual([1000 - spent, 0]);
	expect(available).toBeGreaterThanOrEqual(balance.available);
});

test('a key with fewer tokens a month than an answer takes gets as much as they pay for, or is told what is needed and that waiting does not help', async () => {
	const mona = await gateway.stage.member('Mona', 'user');
	const secret = await gateway.key(mona, { limits: { tokensPerMonth: 120 } });
	const asked = { model: gateway.endless.name, messages: [{ role: 'user', content: 'Tides?' }] };
	const refused = await post(secret, { ...asked, max_tokens: 1024 });
	expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
	const { error } = (await refused.json()) as { error: { code: string; message: string } };
	expect([error.code, error.message]).toEqual(['KEY_TOKENS_SHORT', expect.stringMatching(/Lower max_tokens.*needed: \d+, available: 120\)$/)]);
	const answer = await post(secret, asked);
	expect(answer.status).toBe(200);
	const told = (await answer.json()) as { choices: { finish_reason: string }[]; usage: { total_tokens: number } };
	expect([told.choices[0]?.finish_reason, told.usage.total_tokens]).toEqual(['length', 120]);
});

test('S5 a key that is taken away while it is answered ends that answer at once, and what was made is charged', async () => {
	const tom = await gateway.stage.member('Tom', 'user');
	const secret = await gateway.key(tom);
	const response = await post(secret, order({ model: gateway.endless.name, max_tokens: 100_000, stream: true }));
	const reader = await begin(response);
	const [mine] = await tom.client.accounts.keys();
	await tom.client.accounts.changeKey({ keyId: mine?.id ?? '', isDisabled: true });
	let rest = '';
	for (let read = await reader.read(); !read.done; read = await reader.read()) rest += Buffer.from(read.value).toString();
	expect(rest).toContain('"code":"NOT_SIGNED_IN"');
	expect(rest).not.toContain('[DONE]');
	const { balance } = await first(await tom.client.ledger.watch());
	expect([balance.reserved, balance.available < 1000]).toEqual([0, true]);
	expect((await models(secret)).status).toBe(401);
	expect(gateway.stage.logged.join('').includes(secret)).toBe(false);
});

test('an answer costs what a chat costs, tells so, and is refused where that cannot be paid', async () => {
	const poor = await gateway.stage.member('Pia', 'user');
	const secret = await gateway.key(poor);
	const asked = order({ model: gateway.endless.name, max_tokens: 5 });
	const told = (await (await post(secret, asked)).json()) as {
		usage: { total_tokens: number };
		homeroom: { tokens_consumed: number; remaining_tokens: number; from_cache: boolean };
	};
	const { total_tokens: paid } = told.usage;
	expect(told.homeroom).toEqual({ finish_reason: 'length', tokens_consumed: paid, remaining_tokens: 1000 - paid, from_cache: false });
	await gateway.client.ledger.topUp({ accountId: poor.accountId, requestId: 'all of it', tokens: -told.homeroom.remaining_tokens });
	expect(await codeOf(await post(secret, asked))).toEqual([402, 'INSUFFICIENT_TOKENS']);
	const { lines } = await poor.client.ledger.statement({ kind: 'work' });
	expect(lines.map(({ task, modelName, tokens, reserved }) => ({ task, modelName, tokens, reserved }))).toEqual([
		{ task: 'chat', modelName: gateway.endless.name, tokens: -told.usage.total_tokens, reserved: 0 },
	]);
});

test('a request keeps the name that its program gave it, or gets one; every answer carries the headers that protect it', async () => {
	const named = await models(key, { 'x-request-id': 'lesson-7.part:2' });
	expect(named.headers.get('x-request-id')).toBe('lesson-7.part:2');
	const bad = await models(key, { 'x-request-id': 'a b<script>' });
	expect(bad.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
	const missing = await fetch(`${gateway.origin}/nowhere`);
	for (const response of [named, missing]) {
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'cache-control': 'no-store',
			'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'referrer-policy': 'no-referrer',
			'cross-origin-resource-policy': 'same-origin',
		});
		expect(response.headers.get('x-powered-by')).toBeNull();
	}
});

test('switching it off ends what is being answered, switching it on opens it again; a port that is taken is named', async () => {
	const secret = await gateway.key();
	const reader = await begin(await post(secret, order({ model: gateway.endless.name, max_tokens: 100_000, stream: true })));
	const seen: string[] = [];
	const watching = new AbortController();
	const watched = (async () => {
		for await (const { state } of await gateway.client.gateway.watch(undefined, { signal: watching.signal })) seen.push(state);
	})().catch(() => {});
	expect(await gateway.client.gateway.change({ isOn: false })).toMatchObject({ state: 'off', origin: null });
	let rest = '';
	for (let read = await reader.read(); !read.done; read = await reader.read()) rest += Buffer.from(read.value).toString();
	expect(rest).toContain('"code":"SHUTTING_DOWN"');
	expect(rest).not.toContain('[DONE]');
	await expect(models(secret)).rejects.toThrow();

	const taken = net.createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => taken.once('listening', resolve));
	const { port } = taken.address() as net.AddressInfo;
	expect(await gateway.client.gateway.change({ isOn: true, port })).toMatchObject({
		state: 'failed',
		origin: null,
		failure: { code: 'PORT_TAKEN', data: { port } },
	});
	await new Promise((resolve) => taken.close(resolve));
	const opened = await gateway.client.gateway.change({ port: gateway.port });
	expect(opened).toMatchObject({ state: 'open', origin: gateway.origin });
	expect((await models(secret)).status).toBe(200);
	watching.abort();
	await watched;
	expect(seen).toContain('off');
});

test('twenty answers at once are paid out of a balance that does just for them, and what is left is told without what the others hold', async () => {
	const busy = await gateway.stage.member('Bo', 'user');
	const secret = await gateway.key(busy, { limits: { streamsAtOnce: 20 } });
	const ask = async (seed: number) => {
		const answer = await post(secret, order({ model: gateway.endless.name, seed }));
		return { status: answer.status, ...((await answer.json()) as { homeroom: { tokens_consumed: number; remaining_tokens: number } }).homeroom };
	};
	const { tokens_consumed: each, remaining_tokens: left } = await ask(0);
	await gateway.client.ledger.topUp({ accountId: busy.accountId, requestId: 'for twenty', tokens: 20 * each - left });
	const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => ask(at + 1)));
	expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
	const told = answers.map(({ remaining_tokens: remaining }) => remaining).sort((a, b) => a - b);
	expect(told).toEqual(Array.from({ length: 20 }, (_, at) => at * each));
}, 60_000);

test('an address that is there is told from one that is not: with the wrong method it says which it takes', async () => {
	const ask = async (path: string, method: string) => {
		const answer = await fetch(`${gateway.origin}${path}`, { method, headers: { authorization: `Bearer ${key}` } });
		return [answer.status, answer.headers.get('allow')];
	};
	expect(await ask('/v1/chat/completions', 'GET')).toEqual([405, 'POST']);
	expect(await ask('/v1/models?x=1', 'DELETE')).toEqual([405, 'GET']);
	expect(await ask('/api/v1/models/some%20model/chat', 'GET')).toEqual([405, 'POST']);
	expect(await ask('/v1/responses', 'POST')).toEqual([404, null]);
	expect(await ask('/api/v1/none', 'GET')).toEqual([404, null]);
});

test('an account that is switched off and on again has its keys as they were', async () => {
	const ira = await gateway.stage.member('Ira', 'user');
	const secret = await gateway.key(ira);
	await gateway.client.accounts.change({ accountId: ira.accountId, isDisabled: true });
	expect((await models(secret)).status).toBe(401);
	await gateway.client.accounts.change({ accountId: ira.accountId, isDisabled: false });
	expect((await models(secret)).status).toBe(200);
	expect(await ira.client.accounts.keys()).toMatchObject([{ isDisabled: false }]);
});
