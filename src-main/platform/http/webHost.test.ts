import { afterAll, beforeAll, expect, test } from 'vitest';
import { ada, cookiesIn, type OpenHost, openHost, openSocket, sendRaw, upgradeStatus } from './openHost.test-support.ts';
import { contentSecurityPolicy } from './securityHeaders.ts';

let host: OpenHost;
beforeAll(async () => {
	host = await openHost();
});
afterAll(() => host.end());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${host.origin}${path}`, { headers, redirect: 'manual' });

test('S1 listens on the loopback address alone, read back from the socket', async () => {
	expect(host.address).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
	const six = await openHost({ host: '::1' });
	expect(six.address).toMatchObject({ address: '::1', family: 'IPv6' });
	expect(six.origin).toBe(`http://[::1]:${six.address.port}`);
	expect((await fetch(six.origin)).status).toBe(200);
	await six.end();
});

test('S2 only the exact three names with the exact port are heard, for every method and for the socket', async () => {
	const { port } = host.address;
	const { cookie } = await host.signIn();
	const refused: string[] = [];
	for (const hostLines of hostileHosts(port)) {
		for (const request of ['GET / HTTP/1.1', 'HEAD / HTTP/1.1', 'POST /rpc HTTP/1.1', 'OPTIONS * HTTP/1.1', 'TRACE / HTTP/1.1', 'DELETE /nowhere HTTP/1.1']) {
			const answer = await sendRaw(host.address, `${request}\r\n${hostLines}connection: close\r\n\r\n`);
			if (!answer.startsWith('HTTP/1.1 403 ')) refused.push(`${request} | ${hostLines} | ${answer.slice(0, 40)}`);
		}
		const upgrade = `GET /rpc HTTP/1.1\r\n${hostLines}connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\norigin: ${host.origin}\r\ncookie: ${cookie}\r\n\r\n`;
		const answer = await sendRaw(host.address, upgrade);
		if (!answer.startsWith('HTTP/1.1 403 ')) refused.push(`upgrade | ${hostLines} | ${answer.slice(0, 40)}`);
	}
	expect(refused).toEqual([]);
	for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
		expect(await sendRaw(host.address, `GET / HTTP/1.1\r\nhost: ${name}:${port}\r\nconnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
	}
});

test('S3 a foreign Origin is refused everywhere, nothing is ever allowed across origins, and no preflight passes', async () => {
	const { port } = host.address;
	const { cookie } = await host.signIn();
	const foreign = [
		'null',
		'',
		'http://evil.example',
		`https://127.0.0.1:${port}`,
		`http://127.0.0.1:${port + 1}`,
		`http://localhost:${port}`,
		`http://127.0.0.1:${port}/`,
		'app://homeroom',
		'file://',
		`HTTP://127.0.0.1:${port}`,
	];
	for (const origin of foreign) {
		for (const method of ['GET', 'PUT', 'POST', 'OPTIONS']) {
			const answer = await sendRaw(
				host.address,
				`${method} / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: ${origin}\r\naccess-control-request-method: PUT\r\ncookie: ${cookie}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
			);
			expect([origin, method, answer.split('\r\n')[0]]).toEqual([origin, method, 'HTTP/1.1 403 Forbidden']);
			expect(answer.toLowerCase()).not.toContain('access-control-allow');
		}
		expect(await upgradeStatus(`ws://127.0.0.1:${port}/rpc`, { origin, cookie })).toBe(403);
	}
	expect(await upgradeStatus(`ws://127.0.0.1:${port}/rpc`, { cookie })).toBe(403);
	expect(await upgradeStatus(`ws://127.0.0.1:${port}/rpc`, { origin: host.origin, cookie })).toBe(101);
});

test('S3 a form of another page cannot post: only an upload has a body, and of its own type', async () => {
	const { cookie } = await host.signIn();
	const id = '3f1c2b6e-58b0-4c1d-9f8e-0a4a9a3b7c11';
	const statuses: Record<string, number> = {};
	for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain', 'application/json']) {
		const answer = await fetch(`${host.origin}/upload/${id}`, { method: 'PUT', headers: { cookie, origin: host.origin, 'content-type': type }, body: 'x' });
		statuses[type] = answer.status;
		expect(await answer.json()).toMatchObject({ code: 'INVALID_INPUT' });
	}
	expect(new Set(Object.values(statuses))).toEqual(new Set([415]));
});

test('S3 what another site loads or embeds is refused, what a person opens from it is not', async () => {
	// Sent by hand: Node's own fetch puts a Sec-Fetch-Mode of its own beside ours.
	const from = async (site: string, mode: string, dest: string) => {
		const lines = [
			`host: 127.0.0.1:${host.address.port}`,
			`sec-fetch-site: ${site}`,
			`sec-fetch-mode: ${mode}`,
			`sec-fetch-dest: ${dest}`,
			'connection: close',
		];
		return Number((await sendRaw(host.address, `GET / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)).split(' ')[1]);
	};
	expect(await from('cross-site', 'no-cors', 'image')).toBe(403);
	expect(await from('same-site', 'no-cors', 'script')).toBe(403);
	expect(await from('cross-site', 'navigate', 'iframe')).toBe(403);
	expect(await from('cross-site', 'navigate', 'document')).toBe(200);
	expect(await from('none', 'navigate', 'document')).toBe(200);
});

test('S4 the page is everybody’s, everything else needs a session, and unknown addresses are 404 for all', async () => {
	const { cookie } = await host.signIn();
	const statuses: Record<string, number[]> = {};
	for (const path of [
		'/',
		'/assets/main-1a2b.js',
		'/rpc',
		'/index.html',
		'/v1/models',
		'/upload/x',
		'/secret.js',
		'/../secret.js',
		'/assets/..%2f..%2fsecret.js',
		'/%2e%2e/secret.js',
	]) {
		statuses[path] = [(await get(path)).status, (await get(path, { cookie })).status];
	}
	expect(statuses).toEqual({
		'/': [200, 200],
		'/assets/main-1a2b.js': [200, 200],
		'/rpc': [404, 404],
		'/index.html': [404, 404],
		'/v1/models': [404, 404],
		'/upload/x': [404, 404],
		'/secret.js': [404, 404],
		'/../secret.js': [404, 404],
		'/assets/..%2f..%2fsecret.js': [404, 404],
		'/%2e%2e/secret.js': [404, 404],
	});
	expect(await upgradeStatus(`${host.origin.replace('http', 'ws')}/rpc`, { origin: host.origin })).toBe(401);
	expect(await upgradeStatus(`${host.origin.replace('http', 'ws')}/rpc`, { origin: host.origin, cookie: 'homeroom_access=guess' })).toBe(401);
	expect(await upgradeStatus(`${host.origin.replace('http', 'ws')}/other`, { origin: host.origin, cookie })).toBe(404);
});

test('R3 every answer carries exactly these headers', async () => {
	const { cookie } = await host.signIn();
	const answer = await get('/', { cookie });
	const body = await answer.text();
	const headers: Record<string, string> = {};
	for (const [name, value] of answer.headers) if (!['date', 'connection', 'keep-alive', 'content-length'].includes(name)) headers[name] = value;
	const nonce = /<meta name="csp-nonce" content="([\w+/=]{24})" \/>/.exec(body)?.[1] ?? 'none';
	expect(headers).toEqual({
		'cache-control': 'no-store',
		'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; media-src blob:; font-src 'self'; connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
		'content-type': 'text/html; charset=utf-8',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'origin-agent-cluster': '?1',
		'permissions-policy':
			'clipboard-write=(self), accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()',
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
	});
	const again = await (await get('/', { cookie })).text();
	expect(again).not.toContain(nonce);
	const others = [
		await get('/'),
		await get('/assets/main-1a2b.js', { cookie }),
		await get('/nowhere', { cookie }),
		await get('/auth/door'),
		await host.post('/auth/refresh', {}),
	];
	for (const other of others) {
		const names = Object.keys(headers).filter((name) => name !== 'content-type');
		expect(names.filter((name) => !other.headers.has(name))).toEqual([]);
		expect(other.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /);
		expect([other.headers.get('server'), other.headers.get('x-powered-by')]).toEqual([null, null]);
	}
});

test("R3 the desktop window's page may connect nowhere", () => {
	expect(contentSecurityPolicy({ connect: "'none'", nonce: 'n' })).toContain("connect-src 'none';");
});

test('a call is answered for the account of the session, and not any more once the session has ended', async () => {
	const { cookie } = await host.signIn();
	const socket = await openSocket(host, cookie);
	expect((await socket.call('1', 'accounts.me')).p.b?.json).toMatchObject({ name: 'Ada', role: 'admin' });
	const other = await openSocket(host, cookie);
	const stranger = await openSocket(host, (await host.signIn()).cookie);
	// The answer to the call that ends the session still comes; then every socket of this session is closed.
	expect((await socket.call('2', 'accounts.signOut')).p.b?.json).toBeUndefined();
	expect((await other.call('3', 'accounts.me')).p.b?.json?.code).toBe('NOT_SIGNED_IN');
	expect([await socket.closed, await other.closed]).toEqual([4401, 4401]);
	expect((await stranger.call('4', 'accounts.me')).p.b?.json).toMatchObject({ role: 'admin' });
	expect(await upgradeStatus(rpcUrl(), { origin: host.origin, cookie })).toBe(401);
	stranger.socket.close();
});

test('U6 a stream that is open ends with whatever let it in', async () => {
	const { cookie } = await host.signIn();
	const admin = await openSocket(host, cookie);
	const grace = await join('Grace');
	const [own] = host.accounts.people.list();
	const { secret } = host.accounts.keys.create(own?.id ?? '', { name: 'a program', scopes: ['chat'], expiresAt: null });
	const program = await openSocket(host, { bearer: secret });
	const browser = await openSocket(host, grace.cookie);
	host.accounts.people.change(grace.id, { isDisabled: true });
	expect(await browser.closed).toBe(4401);
	host.accounts.keys.disableAll(own?.id ?? '');
	expect(await program.closed).toBe(4401);
	expect(admin.socket.readyState).toBe(admin.socket.OPEN);
	admin.socket.close();
});

test('a program opens a socket with a key and without an Origin, and gets at the features of the key alone', async () => {
	const [own] = host.accounts.people.list();
	const { secret, key } = host.accounts.keys.create(own?.id ?? '', { name: 'a program', scopes: ['jobs'], expiresAt: null });
	const bearer = { authorization: `Bearer ${secret}` };
	const statuses = {
		'a key': await upgradeStatus(rpcUrl(), bearer),
		'with our Origin': await upgradeStatus(rpcUrl(), { ...bearer, origin: host.origin }),
		'with another Origin': await upgradeStatus(rpcUrl(), { ...bearer, origin: 'http://evil.example' }),
		'under another name': await upgradeStatus(rpcUrl(), { ...bearer, host: 'evil.example' }),
		'a key cut short': await upgradeStatus(rpcUrl(), { authorization: bearer.authorization.slice(0, -1) }),
		'another scheme': await upgradeStatus(rpcUrl(), { authorization: `Basic ${secret}` }),
		'an access token': await upgradeStatus(rpcUrl(), { authorization: `Bearer ${(await host.signIn()).access}` }),
		'a key that is none beside a good cookie': await upgradeStatus(rpcUrl(), {
			authorization: 'Bearer hr_guess',
			cookie: (await host.signIn()).cookie,
			origin: host.origin,
		}),
	};
	expect(statuses).toEqual({
		'a key': 101,
		'with our Origin': 101,
		'with another Origin': 403,
		'under another name': 403,
		'a key cut short': 401,
		'another scheme': 401,
		'an access token': 401,
		'a key that is none beside a good cookie': 401,
	});
	const { call, socket } = await openSocket(host, { bearer: secret });
	expect((await call('1', 'accounts.me')).p.b?.json?.code).toBe('FORBIDDEN');
	expect((await call('2', 'settings.get')).p.b?.json?.code).toBe('FORBIDDEN');
	expect((await call('3', 'accounts.door')).p.b?.json).toEqual({ isSignedIn: true, isSetUp: true });
	expect((await call('4', 'accounts.signIn', { name: 'Ada', password: 'x' })).p.b?.json?.code).toBe('NOT_HERE');
	socket.close();
	host.accounts.keys.remove(own?.id ?? '', key.id);
});

test('every frame is answered from the closed list, also one that cannot be read, and under its id where it tells one', async () => {
	const { socket, ask, call, unclaimed } = await openSocket(host, (await host.signIn()).cookie);
	const codes: Record<string, unknown> = {};
	const note = async (name: string, answer: ReturnType<typeof ask>) => {
		const { p } = await answer;
		codes[name] = p.b?.json?.code;
	};
	await note('unknown procedure', call('1', 'accounts.everything'));
	await note('prototype as a path', call('2', '__proto__.constructor'));
	await note('wrong type', call('3', 'accounts.rename', { name: 7 }));
	await note('unknown key', call('4', 'accounts.rename', { name: 'A', role: 'admin' }));
	await note('prototype as a key', ask('5', '{"i":"5","p":{"u":"/accounts/rename","b":{"json":{"name":"A","__proto__":{"role":"admin"}}}}}'));
	await note('huge text', call('6', 'accounts.rename', { name: 'x'.repeat(10_000_000) }));
	await note('65 levels deep', ask('7', `{"i":"7","p":{"u":"/accounts/me","b":{"json":${'['.repeat(65)}${']'.repeat(65)}}}}`));
	await note('a million levels deep', ask('8', `{"i":"8","p":{"u":"/accounts/me","b":{"json":${'['.repeat(1_000_000)}`));
	await note('not an address', ask('9', '{"i":"9","p":{"u":"nowhere"}}'));
	await note('without a payload', ask('10', '{"i":"10"}'));
	await note('broken metadata', ask('11', '{"i":"11","p":{"u":"/accounts/rename","b":{"json":{"name":"A"},"meta":[[1,"name"]]}}}'));
	await note('metadata that is none', ask('12', '{"i":"12","p":{"u":"/accounts/rename","b":{"json":{"name":"A"},"meta":7}}}'));
	await note(
		'an input hidden in the address',
		ask('13', '{"i":"13","p":{"m":"GET","u":"/accounts/rename?data=%7B%22json%22%3A%7B%22name%22%3A%22B%22%7D%7D"}}'),
	);
	await note('not JSON', ask('', 'hello'));
	await note('empty', ask('', ''));
	await note('a number', ask('', '7'));
	await note('bytes', ask('', new Uint8Array([1, 2, 255, 4])));
	await note(
		'broken multipart',
		ask(
			'14',
			Buffer.concat([
				Buffer.from('{"i":"14","p":{"u":"/accounts/rename","h":{"content-type":"multipart/form-data; boundary=x"}}}'),
				Buffer.from([255]),
				Buffer.from('--x'),
			]),
		),
	);
	const form = `--x\r\ncontent-disposition: form-data; name="data"\r\n\r\n{"json":${'['.repeat(100)}${']'.repeat(100)}}\r\n--x--\r\n`;
	await note(
		'deep multipart',
		ask(
			'15',
			Buffer.concat([
				Buffer.from('{"i":"15","p":{"u":"/accounts/rename","h":{"content-type":"multipart/form-data; boundary=x"}}}'),
				Buffer.from([255]),
				Buffer.from(form),
			]),
		),
	);
	expect(codes).toEqual({
		'unknown procedure': 'NOT_FOUND',
		'prototype as a path': 'NOT_FOUND',
		'wrong type': 'INVALID_INPUT',
		'unknown key': 'INVALID_INPUT',
		'prototype as a key': 'INVALID_INPUT',
		'huge text': 'INVALID_INPUT',
		'65 levels deep': 'INVALID_INPUT',
		'a million levels deep': 'INVALID_INPUT',
		'not an address': 'INVALID_INPUT',
		'without a payload': 'INVALID_INPUT',
		'broken metadata': 'INVALID_INPUT',
		'metadata that is none': 'INVALID_INPUT',
		'an input hidden in the address': 'INVALID_INPUT',
		'not JSON': 'INVALID_INPUT',
		empty: 'INVALID_INPUT',
		'a number': 'INVALID_INPUT',
		bytes: 'INVALID_INPUT',
		'broken multipart': 'INVALID_INPUT',
		'deep multipart': 'INVALID_INPUT',
	});
	expect((await call('20', 'accounts.me')).p.b?.json).toMatchObject({ name: 'Ada' });
	expect(unclaimed).toEqual([]);
	socket.close();
});

test('a socket that sends more than a dataset of the largest size is closed, and others do not notice', async () => {
	const loud = await openSocket(host, (await host.signIn()).cookie);
	const calm = await openSocket(host, (await host.signIn()).cookie);
	loud.socket.on('error', () => {});
	loud.socket.send(Buffer.alloc(83_886_081));
	expect(await loud.closed).toBe(1009);
	expect((await calm.call('1', 'accounts.me')).p.b?.json).toMatchObject({ name: 'Ada' });
	calm.socket.close();
});

test('ten thousand calls at once are all answered', async () => {
	const { call, socket } = await openSocket(host, (await host.signIn()).cookie);
	const answers = await Promise.all(Array.from({ length: 10_000 }, (_, n) => call(`call-${n}`, 'system.info')));
	expect(answers.every(({ p }) => p.s === undefined)).toBe(true);
	socket.close();
});

test('no secret of a session, a code or a key is ever logged', async () => {
	const { access, refresh, cookies } = await host.signIn();
	const [own] = host.accounts.people.list();
	const { secret } = host.accounts.keys.create(own?.id ?? '', { name: 'a program', scopes: ['jobs'], expiresAt: null });
	const code = host.accounts.recoveryCode('Ada')?.code ?? '';
	await get('/', { cookie: cookies });
	await host.post('/auth/code', { code });
	await host.post('/auth/refresh', {}, { cookie: cookies });
	await host.post('/auth/sign-in', { name: 'Ada', password: 'wrong enough' });
	(await openSocket(host, { bearer: secret })).socket.close();
	const lines = host.logged.join('\n');
	expect([access, refresh, code, secret, ada.password, 'wrong enough'].filter((told) => lines.includes(told))).toEqual([]);
});

const rpcUrl = () => `${host.origin.replace('http', 'ws')}/rpc`;

/** Makes an account and signs a browser in as it. */
async function join(name: string) {
	const [own] = host.accounts.people.list();
	const { code, person } = host.accounts.people.create(own?.id ?? '', { name, role: 'user' });
	const answer = await host.post('/auth/set-up', { code, name: null, password: ada.password });
	return { id: person.id, cookie: `homeroom_access=${cookiesIn(answer).access}` };
}

/** Host lines that name someone else, or us in any way but the three. */
function hostileHosts(port: number): string[] {
	const values = [
		'evil.example',
		`evil.example:${port}`,
		'',
		`:${port}`,
		':',
		'localhost',
		'127.0.0.1',
		'[::1]',
		`localhost.:${port}`,
		`127.0.0.1.evil.example:${port}`,
		`127.0.0.1.nip.io:${port}`,
		`LOCALHOST:${port}`,
		`Localhost:${port}`,
		`localhost:${port + 1}`,
		`127.0.0.1:${port - 1}`,
		`127.0.0.1:0${port}`,
		`127.0.0.1:${port}0`,
		`2130706433:${port}`,
		`0x7f000001:${port}`,
		`0177.0.0.1:${port}`,
		`127.1:${port}`,
		`127.0.1:${port}`,
		`127.0.0.2:${port}`,
		`0.0.0.0:${port}`,
		`0:${port}`,
		`[::]:${port}`,
		`::1:${port}`,
		`[0:0:0:0:0:0:0:1]:${port}`,
		`[::ffff:127.0.0.1]:${port}`,
		`user@127.0.0.1:${port}`,
		`127.0.0.1:${port}@evil.example`,
		`127.0.0.1:${port}, evil.example`,
		`127.0.0.1:${port}/`,
		`127.0.0.1:${port}#`,
		`http://127.0.0.1:${port}`,
		`localhost:${port}.evil.example`,
		`localhost%00:${port}`,
		`localhost\t:${port}`,
		`xn--localhost-:${port}`,
		'localhost:http',
		`localhost:+${port}`,
		`localhost :${port}`,
	];
	return [
		'',
		`host: 127.0.0.1:${port}\r\nhost: 127.0.0.1:${port}\r\n`,
		`host: 127.0.0.1:${port}\r\nHOST: evil.example\r\n`,
		...values.map((value) => `host: ${value}\r\n`),
	];
}
