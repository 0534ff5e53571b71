import http from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ada, cookiesIn, type OpenHost, openHost, openSocket } from './openHost.test-support.ts';

let host: OpenHost;
beforeAll(async () => {
	host = await openHost();
});
afterAll(() => host.end());

const door = async (cookie = '') => (await fetch(`${host.origin}/auth/door`, { headers: { cookie } })).json();
/** What an answer of the app's own holds. */
const read = async (answer: Response) => (await answer.json()) as Record<string, unknown>;
const codeOf = async (answer: Response) => [answer.status, answer.status === 204 ? null : (await read(answer)).code];

test('signing in leaves three cookies that no script and no other site gets, two of them for /auth alone', async () => {
	const answer = await host.post('/auth/sign-in', ada);
	expect([answer.status, await answer.text()]).toEqual([204, '']);
	expect(answer.headers.getSetCookie()).toEqual([
		expect.stringMatching(/^homeroom_access=[\w.-]+; Max-Age=1800; Path=\/; HttpOnly; SameSite=Strict$/),
		expect.stringMatching(/^homeroom_refresh=[\w.-]+; Max-Age=604800; Path=\/auth; HttpOnly; SameSite=Strict$/),
		expect.stringMatching(/^homeroom_known=[\w.-]+; Max-Age=34560000; Path=\/auth; HttpOnly; SameSite=Strict$/),
	]);
	expect([await door(), await door(`homeroom_access=${cookiesIn(answer).access}`)]).toEqual([
		{ isSignedIn: false, isSetUp: true },
		{ isSignedIn: true, isSetUp: true },
	]);
});

test('a fresh Homeroom is set up with its code, once, and is signed in to with a name and a password from then on', async () => {
	const own = await openHost({ isFresh: true });
	const isSetUp = async () => (await read(await fetch(`${own.origin}/auth/door`))).isSetUp;
	expect(await isSetUp()).toBe(false);
	const code = own.accounts.firstCode()?.code;
	expect(await (await own.post('/auth/code', { code })).json()).toEqual({ name: '' });
	const refusals = {
		'another code': await codeOf(await own.post('/auth/set-up', { code: '0000-0000-0000', ...ada })),
		'a common password': await codeOf(await own.post('/auth/set-up', { code, name: 'Ada', password: 'password1' })),
		'a name of nothing': await codeOf(await own.post('/auth/set-up', { code, name: ' ', password: ada.password })),
		'no name at all': await codeOf(await own.post('/auth/set-up', { code, name: null, password: ada.password })),
		'signing in before': await codeOf(await own.post('/auth/sign-in', ada)),
	};
	expect(refusals).toEqual({
		'another code': [401, 'SIGN_IN_REFUSED'],
		'a common password': [422, 'PASSWORD_UNFIT'],
		'a name of nothing': [400, 'INVALID_INPUT'],
		'no name at all': [400, 'INVALID_INPUT'],
		'signing in before': [401, 'SIGN_IN_REFUSED'],
	});
	const answer = await own.post('/auth/set-up', { code, ...ada });
	expect([answer.status, await isSetUp(), await codeOf(await own.post('/auth/set-up', { code, ...ada }))]).toEqual([204, true, [401, 'SIGN_IN_REFUSED']]);
	const { call, socket } = await openSocket(own, `homeroom_access=${cookiesIn(answer).access}`);
	expect((await call('1', 'accounts.me')).p.b?.json).toMatchObject({ name: 'Ada', role: 'admin', hasPassword: true, isNew: false });
	expect(await codeOf(await own.post('/auth/sign-in', ada))).toEqual([204, null]);
	socket.close();
	await own.end();
});

test('U5 refreshing gives two fresh cookies; a token that was used before gives none and takes both back', async () => {
	const { cookies } = await host.signIn();
	const next = cookiesIn(await host.post('/auth/refresh', {}, { cookie: cookies }));
	expect(await door(`homeroom_access=${next.access}`)).toMatchObject({ isSignedIn: true });
	const third = cookiesIn(await host.post('/auth/refresh', {}, { cookie: `homeroom_refresh=${next.refresh}` }));
	expect(third.refresh).not.toBeNull();
	const reused = await host.post('/auth/refresh', {}, { cookie: cookies });
	expect(reused.headers.getSetCookie()).toEqual([
		expect.stringMatching(/^homeroom_access=; .*Path=\/; Expires=Thu, 01 Jan 1970/),
		expect.stringMatching(/^homeroom_refresh=; .*Path=\/auth; Expires=Thu, 01 Jan 1970/),
	]);
	expect(await codeOf(reused)).toEqual([401, 'NOT_SIGNED_IN']);
	expect(await door(`homeroom_access=${third.access}`)).toMatchObject({ isSignedIn: false });
	expect(await codeOf(await host.post('/auth/refresh', {}))).toEqual([401, 'NOT_SIGNED_IN']);
});

test('U6 signing out ends the session, also by the refresh token alone, and closes its sockets', async () => {
	const first = await host.signIn();
	const socket = await openSocket(host, first.cookie);
	expect(await codeOf(await host.post('/auth/sign-out', {}, { cookie: `homeroom_refresh=${first.refresh}` }))).toEqual([204, null]);
	expect(await socket.closed).toBe(4401);
	expect(await door(first.cookie)).toMatchObject({ isSignedIn: false });
	expect(await codeOf(await host.post('/auth/refresh', {}, { cookie: first.cookies }))).toEqual([401, 'NOT_SIGNED_IN']);
	expect(await codeOf(await host.post('/auth/sign-out', {}))).toEqual([204, null]);
});

test('signing in where somebody is signed in ends the session that was there', async () => {
	const before = await host.signIn();
	const answer = await host.post('/auth/sign-in', ada, { cookie: before.cookies });
	expect([await door(before.cookie), await door(`homeroom_access=${cookiesIn(answer).access}`)]).toMatchObject([{ isSignedIn: false }, { isSignedIn: true }]);
	await codeOf(await host.post('/auth/sign-in', { ...ada, password: 'wrong enough' }, { cookie: `homeroom_access=${cookiesIn(answer).access}` }));
	expect(await door(`homeroom_access=${cookiesIn(answer).access}`)).toMatchObject({ isSignedIn: true });
});

test('only JSON of the contract’s shape and of at most 4 KiB is read, and only from our own page', async () => {
	const post = (headers: Record<string, string>, body: string) =>
		fetch(`${host.origin}/auth/sign-in`, { method: 'POST', headers: { origin: host.origin, ...headers }, body });
	const json = { 'content-type': 'application/json' };
	const good = JSON.stringify(ada);
	const seen = {
		'a form': await codeOf(await post({ 'content-type': 'application/x-www-form-urlencoded' }, 'name=Ada')),
		'a text': await codeOf(await post({ 'content-type': 'text/plain' }, good)),
		'an upload': await codeOf(await post({ 'content-type': 'application/octet-stream' }, good)),
		'no JSON': await codeOf(await post(json, '{')),
		nothing: await codeOf(await post(json, '')),
		'a list': await codeOf(await post(json, '[]')),
		'a field too many': await codeOf(await post(json, JSON.stringify({ ...ada, role: 'admin' }))),
		'a number for a name': await codeOf(await post(json, JSON.stringify({ ...ada, name: 7 }))),
		'more than 4 KiB': await codeOf(await post(json, JSON.stringify({ ...ada, password: 'x'.repeat(5000) }))),
		'from another page': await codeOf(await post({ ...json, origin: 'http://evil.example' }, good)),
		'without an Origin': await codeOf(await fetch(`${host.origin}/auth/sign-in`, { method: 'POST', headers: json, body: good })),
		'asked for instead of posted': await codeOf(await fetch(`${host.origin}/auth/sign-in`)),
	};
	expect(seen).toEqual({
		'a form': [415, 'INVALID_INPUT'],
		'a text': [415, 'INVALID_INPUT'],
		'an upload': [415, 'INVALID_INPUT'],
		'no JSON': [400, 'INVALID_INPUT'],
		nothing: [400, 'INVALID_INPUT'],
		'a list': [400, 'INVALID_INPUT'],
		'a field too many': [400, 'INVALID_INPUT'],
		'a number for a name': [400, 'INVALID_INPUT'],
		'more than 4 KiB': [413, 'TOO_LARGE'],
		'from another page': [403, 'FORBIDDEN'],
		'without an Origin': [403, 'FORBIDDEN'],
		'asked for instead of posted': [404, 'NOT_FOUND'],
	});
});

test('U3 guessing is slowed down, and an address that asks without end is told to wait', async () => {
	const own = await openHost();
	const codes: unknown[] = [];
	for (let tries = 0; tries < 7; tries++) codes.push((await codeOf(await own.post('/auth/sign-in', { name: 'Ada', password: 'wrong enough' })))[1]);
	expect(codes).toEqual([...Array(5).fill('SIGN_IN_REFUSED'), 'TOO_MANY_TRIES', 'TOO_MANY_TRIES']);
	const answers = await Promise.all(Array.from({ length: 620 }, () => fetch(`${own.origin}/auth/door`)));
	const refused = answers.filter(({ status }) => status !== 200);
	expect(refused.length).toBeGreaterThan(0);
	expect(await refused[0]?.json()).toMatchObject({ code: 'TOO_MANY_TRIES', data: { retryAfterMs: expect.any(Number) } });
	await own.end();
});

test('U3 a browser stays known when it is signed out, and is held up by nothing that strangers try or ask for', async () => {
	const own = await openHost();
	const signedIn = await own.post('/auth/sign-in', ada);
	const jar = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
	const known = jar.find((cookie) => cookie?.startsWith('homeroom_known=')) ?? '';
	const left = await own.post('/auth/sign-out', {}, { cookie: jar.join('; ') });
	expect(left.headers.getSetCookie().filter((cookie) => cookie.startsWith('homeroom_known'))).toEqual([]);
	for (let tries = 0; tries < 6; tries++) await own.post('/auth/sign-in', { ...ada, password: 'wrong enough' });
	await Promise.all(Array.from({ length: 620 }, () => fetch(`${own.origin}/auth/door`)));
	expect((await own.post('/auth/sign-in', ada)).status).toBe(429);
	expect((await own.post('/auth/sign-in', ada, { cookie: known })).status).toBe(204);
	await own.end();
});

test.runIf(process.platform === 'linux')('U3 another source address on this machine is no way around', async () => {
	const own = await openHost();
	const tryFrom = (localAddress: string) =>
		new Promise((resolve, reject) => {
			const request = http.request(`${own.origin}/auth/door`, { localAddress }, (answer) => {
				answer.resume();
				resolve(answer.statusCode);
			});
			request.once('error', reject).end();
		});
	const answers = await Promise.all(Array.from({ length: 620 }, (_, n) => tryFrom(`127.0.1.${(n % 200) + 1}`)));
	expect(answers.filter((status) => status === 429).length).toBeGreaterThan(0);
	await own.end();
});
