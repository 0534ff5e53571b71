import http from 'node:http';
import https from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import tls from 'node:tls';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionRecord } from './HopRecord.ts';
import { makeCertificate } from './makeCertificate.ts';
import { Network, type NetworkPolicy } from './Network.ts';

const trusted = makeCertificate(['hub.test', 'cdn.test', 'localhost'], { commonName: 'Homeroom test', days: 1 });
const untrusted = makeCertificate(['hub.test'], { commonName: 'Homeroom test', days: 1 });
const openServers = new Set<http.Server | https.Server>();
const openNetworks = new Set<Network>();

const usualAuthorities = tls.getCACertificates('default');
beforeAll(() => tls.setDefaultCACertificates([...usualAuthorities, trusted.cert]));
beforeEach(() => {
	for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) for (const form of [name, name.toUpperCase()]) vi.stubEnv(form, undefined);
});
afterEach(async () => {
	vi.unstubAllEnvs();
	for (const network of openNetworks) await network.close();
	openNetworks.clear();
	for (const server of openServers) {
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	}
	openServers.clear();
});
afterAll(() => tls.setDefaultCACertificates(usualAuthorities));

interface Served {
	url: string;
	port: number;
	requests: http.IncomingMessage[];
}

async function listen(server: http.Server | https.Server, requests: http.IncomingMessage[] = []): Promise<Served> {
	server.on('request', (request) => requests.push(request));
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	openServers.add(server);
	// A server that listens on a port has an AddressInfo.
	const { port } = server.address() as AddressInfo;
	return { url: `${server instanceof https.Server ? 'https' : 'http'}://127.0.0.1:${port}`, port, requests };
}

const serve = (answer: http.RequestListener) => listen(http.createServer(answer));
const serveTls = (answer: http.RequestListener, certificate = trusted) => listen(https.createServer(certificate, answer));
const redirectTo =
	(location: string | (() => string), status = 302): http.RequestListener =>
	(_request, response) =>
		response.writeHead(status, { location: typeof location === 'string' ? location : location() }).end();
const say =
	(text: string): http.RequestListener =>
	(_request, response) =>
		response.end(text);

/** A proxy that leads every name it is asked for to the loopback port of `routes`. */
async function serveProxy(routes: Record<string, number>): Promise<Served> {
	const server = http.createServer((_request, response) => response.writeHead(405).end());
	const requests: http.IncomingMessage[] = [];
	server.on('connect', (request: http.IncomingMessage, client: Socket) => {
		requests.push(request);
		const port = routes[request.url ?? ''];
		if (port === undefined) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		const upstream = connect(port, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			upstream.pipe(client).pipe(upstream);
		});
		for (const socket of [client, upstream]) socket.on('error', () => undefined).on('close', () => [client, upstream].map((end) => end.destroy()));
	});
	return await listen(server, requests);
}

const ended = (records: readonly ConnectionRecord[]) => records.filter(({ outcome }) => outcome !== 'underWay');

function open(policy: Partial<NetworkPolicy> = {}, resolved: Record<string, string[]> = {}) {
	const lines: string[] = [];
	const looked: string[] = [];
	const records: ConnectionRecord[] = [];
	const current: NetworkPolicy = { offline: false, proxy: 'none', ...policy };
	const network = new Network({
		log: pino({ base: null, timestamp: false }, { write: (line: string) => lines.push(line) }),
		policy: () => current,
		onConnection: (record) => records.push(record),
		resolve: async (hostname) => {
			looked.push(hostname);
			const addresses = resolved[hostname];
			if (!addresses) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
			return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
		},
	});
	openNetworks.add(network);
	return { network, lines, looked, records, current };
}

const get = { purpose: 'test' };

test('answers with any status, with headers in lower case and the body as it came', async () => {
	const { url, requests } = await serve((_request, response) => response.writeHead(404, { 'X-Repo-Commit': 'abc' }).end('nothing here'));
	const answer = await open().network.request({ ...get, url: `${url}/a?b=c` });
	expect([answer.status, answer.headers['x-repo-commit'], answer.url, await answer.text(100)]).toEqual([404, 'abc', `${url}/a?b=c`, 'nothing here']);
	expect([requests[0]?.url, requests[0]?.headers['accept-encoding'], requests[0]?.headers.cookie]).toEqual(['/a?b=c', 'identity', undefined]);
});

test('follows redirects inside this network and tells their headers, first to last', async () => {
	const cdn = await serve(say('bytes'));
	const hub = await serve((_request, response) => response.writeHead(302, { location: `${cdn.url}/file?signature=s`, 'x-linked-etag': '"e"' }).end());
	const answer = await open().network.request({ ...get, url: `${hub.url}/resolve` });
	expect([await answer.text(100), answer.url]).toEqual(['bytes', `${cdn.url}/file?signature=s`]);
	expect(answer.hops).toMatchObject([{ url: `${hub.url}/resolve`, status: 302, headers: { 'x-linked-etag': '"e"' } }]);
});

test('D5 sends a token to the origin it is for, never on to another, nor back again from there', async () => {
	const seen: Record<string, string | undefined>[] = [];
	const note = (request: http.IncomingMessage) => seen.push({ at: `${request.headers.host}${request.url}`, token: request.headers.authorization });
	const other: Served = await serve((request, response) => {
		note(request);
		redirectTo(`${hub.url}/back`)(request, response);
	});
	const hub: Served = await serve((request, response) => {
		note(request);
		if (request.url === '/back') response.end('here');
		else redirectTo(request.url === '/first' ? '/second' : `${other.url}/other`)(request, response);
	});
	const answer = await open().network.request({ ...get, url: `${hub.url}/first`, token: 'hf_secret' });
	await answer.text(100);
	const [hubHost, otherHost] = [new URL(hub.url).host, new URL(other.url).host];
	expect(seen).toEqual([
		{ at: `${hubHost}/first`, token: 'Bearer hf_secret' },
		{ at: `${hubHost}/second`, token: 'Bearer hf_secret' },
		{ at: `${otherHost}/other`, token: undefined },
		{ at: `${hubHost}/back`, token: undefined },
	]);
});

test('D5 the log tells what for, where, how much and how it ended, without path, query, token or signature', async () => {
	const { url } = await serve((request, response) => (request.url === '/gone?x-signature=s3cret' ? request.socket.destroy() : response.end('twelve bytes')));
	const { network, lines } = open();
	await (await network.request({ purpose: 'download', url: `${url}/file?x-signature=s3cret`, token: 'hf_secret' })).text(100);
	await network.request({ purpose: 'download', url: `${url}/gone?x-signature=s3cret`, token: 'hf_secret' }).catch(() => undefined);
	const { host } = new URL(url);
	expect(lines.map((line) => ({ ...JSON.parse(line), ms: 0 }))).toMatchObject([
		{ purpose: 'download', asked: host, host, status: 200, bytes: 12 },
		{ purpose: 'download', asked: host, host, status: null, bytes: 0, failed: 'NETWORK_FAILED broken' },
	]);
	expect(lines.join()).not.toMatch(/secret|s3cret|file/);
});

test('D2 stops a chain of redirects without end', async () => {
	const hub: Served = await serve(redirectTo(() => `${hub.url}/again`));
	const asking = open().network.request({ ...get, url: hub.url });
	await expect(asking).rejects.toMatchObject({ code: 'REDIRECT_REFUSED', data: { reason: 'tooMany' } });
	expect(hub.requests.length).toBe(11);
});

test.each([
	['http', (port: number) => `http://127.0.0.1:${port}/`, 'insecure'],
	['an address of this machine', (port: number) => `https://127.0.0.1:${port}/`, 'privateAddress'],
	['an address of this machine in another form', (port: number) => `https://[::ffff:7f00:1]:${port}/`, 'privateAddress'],
	['the name of this machine', (port: number) => `https://localhost:${port}/`, 'privateAddress'],
	['a name that stands for this machine', (port: number) => `https://rebound.test:${port}/`, 'privateAddress'],
	['a file', () => 'file:///etc/passwd', 'insecure'],
])('D2 refuses a redirect from the internet to %s', async (_what, target, reason) => {
	const inside = await serveTls(say('secret of this network'));
	const hub = await serveTls(redirectTo(target(inside.port)));
	const proxy = await serveProxy({ 'hub.test:443': hub.port });
	vi.stubEnv('https_proxy', proxy.url);
	vi.stubEnv('no_proxy', 'rebound.test');
	const { network } = open({ proxy: 'system' }, { 'rebound.test': ['127.0.0.1'], localhost: ['127.0.0.1'] });
	await expect(network.request({ ...get, url: 'https://hub.test/' })).rejects.toMatchObject({ code: 'REDIRECT_REFUSED', data: { host: 'hub.test', reason } });
	expect([hub.requests.length, inside.requests.length]).toEqual([1, 0]);
});

test('D2 goes to the internet by https alone: http to a public address or a name of one is refused', async () => {
	const { network } = open({}, { 'public.test': ['203.0.113.7'], 'mirror.test': ['127.0.0.1'] });
	for (const url of ['http://203.0.113.7/', 'http://public.test/']) {
		await expect(network.request({ ...get, url })).rejects.toMatchObject({ code: 'REDIRECT_REFUSED', data: { reason: 'insecure' } });
	}
	const mirror = await serve(say('a mirror in the school'));
	const answer = await network.request({ ...get, url: `http://mirror.test:${mirror.port}/` });
	expect(await answer.text(100)).toBe('a mirror in the school');
});

test('reaches a server by https through a proxy, which alone looks the name up', async () => {
	const hub = await serveTls(say('through'));
	const proxy = await serveProxy({ 'hub.test:443': hub.port });
	const { network, looked } = open({ proxy: proxy.url.replace('//', '//pupil:pass@') });
	const answer = await network.request({ ...get, url: 'https://hub.test/', token: 'hf_secret' });
	expect(await answer.text(100)).toBe('through');
	expect(looked).toEqual([]);
	expect(proxy.requests.map(({ url, headers }) => [url, headers['proxy-authorization'], headers.authorization])).toEqual([
		['hub.test:443', `Basic ${Buffer.from('pupil:pass').toString('base64')}`, undefined],
	]);
	expect(hub.requests[0]?.headers['proxy-authorization']).toBeUndefined();
});

test('asks what is near without the proxy', async () => {
	const { url } = await serve(say('near'));
	const answer = await open({ proxy: 'http://127.0.0.1:9' }).network.request({ ...get, url });
	expect(await answer.text(100)).toBe('near');
});

test('tells a proxy that refuses, one that is not there and one whose address is none from a server that fails', async () => {
	const proxy = await serveProxy({});
	const gone = await serve(say(''));
	await new Promise((done) => [...openServers][1]?.close(done));
	const failed = { code: 'NETWORK_FAILED', data: { host: 'hub.test', reason: 'proxy' } };
	for (const address of [proxy.url, gone.url]) {
		await expect(open({ proxy: address }).network.request({ ...get, url: 'https://hub.test/' })).rejects.toMatchObject(failed);
	}
	vi.stubEnv('https_proxy', 'no address');
	await expect(open({ proxy: 'system' }).network.request({ ...get, url: 'https://hub.test/' })).rejects.toMatchObject(failed);
});

test('names what went wrong: the name, the refusal, the certificate, the silence, the break', async () => {
	const { network } = open({}, { 'hub.test': ['127.0.0.1'] });
	const reasonOf = async (url: string, timeoutMs?: number) => {
		const answer = await network.request({ ...get, url, timeoutMs }).then(
			(response) => response.text(1000),
			(error: unknown) => error,
		);
		expect(answer).toMatchObject({ code: 'NETWORK_FAILED' });
		return Object(answer).data.reason;
	};
	const distrusted = await serveTls(say(''), untrusted);
	const silent = await serve(() => undefined);
	const breaking = await serve((request) => request.socket.destroy());
	const closed = await serve(say(''));
	await new Promise((done) => [...openServers].at(-1)?.close(done));
	expect(await reasonOf('https://nowhere.test/')).toBe('unknownHost');
	expect(await reasonOf(closed.url)).toBe('refused');
	expect(await reasonOf(`https://hub.test:${distrusted.port}/`)).toBe('certificate');
	expect(await reasonOf(silent.url, 50)).toBe('timeout');
	expect(await reasonOf(breaking.url)).toBe('broken');
});

test('a body that breaks off is a failure for its reader, and for nobody else', async () => {
	const { url } = await serve((request, response) => {
		response.writeHead(200, { 'content-length': 1000 }).write('half', () => request.socket.destroy());
	});
	const { network } = open();
	const broken = { code: 'NETWORK_FAILED', data: { reason: 'broken' } };
	await expect((await network.request({ ...get, url })).text(2000)).rejects.toMatchObject(broken);
	const unread = await network.request({ ...get, url });
	await new Promise((done) => unread.body.once('close', done).resume());
	expect(unread.body.errored).toMatchObject(broken);
});

test('a body longer than agreed, or packed all the same, is refused', async () => {
	const long = await serve(say('x'.repeat(2000)));
	const packed = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('?'));
	const { network } = open();
	for (const { url } of [long, packed]) {
		await expect((await network.request({ ...get, url })).text(1000)).rejects.toMatchObject({ code: 'SERVER_CONFUSED' });
	}
});

test('offline sends nothing and looks nothing up; going offline ends what runs, in its headers or its body', async () => {
	const inBody = await serve((_request, response) => response.write('first'));
	const { promise: wasAsked, resolve: noteAsked } = Promise.withResolvers<void>();
	const silent = await serve(() => noteAsked());
	const { network, looked, current } = open();
	const response = await network.request({ ...get, url: inBody.url });
	const waiting = network.request({ ...get, url: silent.url });
	await wasAsked;
	current.offline = true;
	network.policyChanged();
	await expect(waiting).rejects.toMatchObject({ code: 'OFFLINE' });
	await expect(response.text(1000)).rejects.toMatchObject({ code: 'OFFLINE' });
	await expect(network.request({ ...get, url: 'https://hub.test/' })).rejects.toMatchObject({ code: 'OFFLINE' });
	await expect(network.request({ ...get, url: inBody.url })).rejects.toMatchObject({ code: 'OFFLINE' });
	expect([looked, inBody.requests.length]).toEqual([[], 1]);
	current.offline = false;
	network.policyChanged();
	const again = await network.request({ ...get, url: inBody.url });
	expect(again.status).toBe(200);
	again.discard();
});

test('aborting ends a request with the reason of its signal, even while it connects', async () => {
	const body = await serve((_request, response) => response.write('first'));
	const { network } = open({ proxy: 'http://127.0.0.1:1' });
	const [first, second] = [new AbortController(), new AbortController()];
	const response = await network.request({ ...get, url: body.url, signal: first.signal });
	const read = response.text(1000);
	first.abort(new Error('enough'));
	await expect(read).rejects.toThrow('enough');
	const connecting = network.request({ ...get, url: 'https://hub.test/', signal: second.signal });
	second.abort(new Error('never mind'));
	await expect(connecting).rejects.toThrow('never mind');
});

test('D5 asks nobody whom a refusing server names', async () => {
	const realm = await serve(say('{"token":"other"}'));
	const hub = await serve((_request, response) => response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm.url}/token",service="hub"` }).end());
	const answer = await open().network.request({ ...get, url: hub.url, token: 'hf_secret' });
	expect([answer.status, await answer.text(100), realm.requests.length]).toEqual([401, '', 0]);
});

test('a body that is let go of ends the request at the server and leaves its line in the log', async () => {
	const { promise: wasCut, resolve: noteCut } = Promise.withResolvers<void>();
	const { url } = await serve((request, response) => {
		request.socket.once('close', () => noteCut());
		response.write('first');
	});
	const { network, lines } = open();
	const answer = await network.request({ ...get, url });
	answer.discard();
	await wasCut;
	expect(lines.map((line) => JSON.parse(line).status)).toEqual([200]);
});

test('a setting that changes meanwhile lets a body be read to its end', async () => {
	const { promise: goOn, resolve: end } = Promise.withResolvers<void>();
	const hub = await serveTls((_request, response) => {
		response.write('first ');
		void goOn.then(() => response.end('last'));
	});
	for (const policy of [{ proxy: 'none' }, { proxy: 'system' }, { proxy: (await serveProxy({ [`hub.test:${hub.port}`]: hub.port })).url }]) {
		const { network, current } = open(policy, { 'hub.test': ['127.0.0.1'] });
		const answer = await network.request({ ...get, url: `https://hub.test:${hub.port}/` });
		current.proxy = 'http://127.0.0.1:9';
		network.policyChanged();
		end();
		expect(await answer.text(100)).toBe('first last');
	}
});

test('after closing, what ran and what is asked ends with SHUTTING_DOWN', async () => {
	const { url } = await serve((_request, response) => response.write('first'));
	const { network } = open();
	const answer = await network.request({ ...get, url });
	const reading = answer.text(100);
	const [read] = await Promise.allSettled([reading, network.close()]);
	expect(read).toMatchObject({ status: 'rejected', reason: { code: 'SHUTTING_DOWN' } });
	await expect(network.request({ ...get, url })).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
});

test('each server that was asked, or would have been, leaves one record: a redirect two, a refusal one without a look-up', async () => {
	const cdn = await serve(say('bytes'));
	const hub = await serve(redirectTo(`${cdn.url}/file?signature=s`));
	const breaking = await serve((request) => request.socket.destroy());
	const { network, records, current, looked } = open();
	await (await network.request({ ...get, url: `${hub.url}/a/path`, askedBy: 'ada', method: 'POST', body: 'a text' })).text(100);
	await network.request({ ...get, url: breaking.url }).catch(() => undefined);
	current.offline = true;
	await network.request({ ...get, url: 'https://hub.test:8443/model' }).catch(() => undefined);
	await vi.waitFor(() => expect(ended(records)).toHaveLength(4));
	const hosts = [hub, cdn, breaking].map(({ port }) => `127.0.0.1:${port}`);
	expect(records.filter(({ outcome }) => outcome === 'underWay').map(({ host, askedBy }) => [host, askedBy])).toEqual([
		[hosts[0], 'ada'],
		[hosts[1], 'ada'],
		[hosts[2], null],
	]);
	expect(ended(records)).toEqual(
		[
			{ purpose: 'test', askedBy: 'ada', host: hosts[0], outcome: 'answered', status: 302, sentBytes: 6, receivedBytes: 0 },
			{ purpose: 'test', askedBy: 'ada', host: hosts[1], outcome: 'answered', status: 200, sentBytes: 0, receivedBytes: 5 },
			{ purpose: 'test', askedBy: null, host: hosts[2], outcome: 'failed', status: null, sentBytes: 0, receivedBytes: 0 },
			{ purpose: 'test', askedBy: null, host: 'hub.test:8443', outcome: 'refused', status: null, sentBytes: 0, receivedBytes: 0 },
		].map((record) => ({ ...record, at: expect.any(Number), ms: expect.any(Number) })),
	);
	expect(looked).toEqual([]);
});

test('a server that refuses the connection was sent nothing', async () => {
	const gone = createServer();
	await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done));
	const { port } = gone.address() as AddressInfo;
	await new Promise((done) => gone.close(done));
	const { network, records } = open();
	const asked = network.request({ ...get, url: `http://127.0.0.1:${port}/`, method: 'POST', body: 'a text' });
	await expect(asked).rejects.toMatchObject({ code: 'NETWORK_FAILED', data: { reason: 'refused' } });
	expect(ended(records)).toMatchObject([{ outcome: 'failed', status: null, sentBytes: 0 }]);
});

test('a body that is cut by going offline was sent for, and is no refusal and no failure', async () => {
	const { url } = await serve((_request, response) => response.write('first'));
	const { network, records, current } = open();
	const response = await network.request({ ...get, url });
	current.offline = true;
	network.policyChanged();
	await expect(response.text(100)).rejects.toMatchObject({ code: 'OFFLINE' });
	expect(ended(records)).toMatchObject([{ outcome: 'cut', status: 200 }]);
});

test('what is cut by closing, by who asked, or by a reader who wants no more is no failure of its server; a server that breaks off is one', async () => {
	const { url } = await serve((_request, response) => response.write('first'));
	const breaking = await serve((request, response) => response.write('first', () => request.socket.destroy()));
	const { network, records } = open();
	(await network.request({ ...get, url })).discard();
	await vi.waitFor(() => expect(ended(records)).toHaveLength(1));
	const stop = new AbortController();
	const stopped = await network.request({ ...get, url, signal: stop.signal });
	stop.abort();
	await expect(stopped.text(100)).rejects.toThrow();
	await expect((await network.request({ ...get, url: breaking.url })).text(100)).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
	const left = await network.request({ ...get, url });
	await network.close();
	await expect(left.text(100)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
	await vi.waitFor(() => expect(ended(records).map(({ outcome }) => outcome)).toEqual(['cut', 'cut', 'failed', 'cut']));
});

test('offline, only what asks for this very machine gets there, goes on, and gets nowhere else', async () => {
	const { promise: wentOffline, resolve: finish } = Promise.withResolvers<void>();
	const slow = await serve((_request, response) => {
		response.write('first ');
		void wentOffline.then(() => response.end('second'));
	});
	const { network, current, looked } = open({}, { localhost: ['203.0.113.7'] });
	const here = { ...get, reachesLoopback: true };
	const running = await network.request({ ...here, url: slow.url });
	current.offline = true;
	network.policyChanged();
	finish();
	expect(await running.text(100)).toBe('first second');
	await expect(network.request({ ...get, url: slow.url })).rejects.toMatchObject({ code: 'OFFLINE' });
	for (const url of ['http://192.168.1.7/', 'http://school.test/', 'https://127.0.0.1.nip.test/', 'http://localhost.test/']) {
		await expect(network.request({ ...here, url })).rejects.toMatchObject({ code: 'OFFLINE' });
	}
	expect(looked).toEqual([]);
	// A hosts file that sends the name elsewhere does not lead out either.
	await expect(network.request({ ...here, url: 'http://localhost:1/' })).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
	const leading = await serve(redirectTo('https://far.test/'));
	await expect(network.request({ ...here, url: leading.url })).rejects.toMatchObject({ code: 'OFFLINE' });
});

test('a redirect that is not to be followed is an answer, and what was sent goes nowhere else', async () => {
	const other = await serve(say('here'));
	const server = await serve(redirectTo(other.url, 307));
	const answer = await open().network.request({ ...get, url: server.url, method: 'POST', body: 'a text', token: 'key', followsRedirects: false });
	expect([answer.status, answer.headers.location, other.requests.length]).toEqual([307, other.url, 0]);
	answer.discard();
});

test('a silence within a body lasts as long as it may', async () => {
	const { url } = await serve((_request, response) => response.write('first'));
	const response = await open().network.request({ ...get, url, silenceMs: 1000 });
	await expect(response.text(100)).rejects.toMatchObject({ code: 'NETWORK_FAILED', data: { reason: 'timeout' } });
});
