import { spawn } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';

let server: http.Server;
let asked = 0;
beforeAll(async () => {
	server = http.createServer((_request, response) => response.end(`${++asked}`));
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => server.close());

/** Every way out that Node has, each answering with what came of it. */
const ways = (port: number) => `
	import dgram from 'node:dgram';
	import { lookup, resolve4, Resolver } from 'node:dns';
	import { lookup as lookupLater, Resolver as LaterResolver } from 'node:dns/promises';
	import http from 'node:http';
	import http2 from 'node:http2';
	import https from 'node:https';
	import { connect } from 'node:net';
	import tls from 'node:tls';
	const url = 'http://127.0.0.1:${port}/';
	const once = (emitter, event) => new Promise((done, fail) => emitter.once(event, done).once('error', fail));
	const call = (start) => new Promise((done, fail) => start((error, value) => (error ? fail(error) : done(value))));
	const ways = {
		fetch: () => fetch(url).then((response) => response.text()),
		http: () => once(http.get(url), 'response'),
		https: () => once(https.get(url.replace('http', 'https')), 'response'),
		http2: () => once(http2.connect(url), 'connect'),
		net: () => once(connect(${port}, '127.0.0.1'), 'connect'),
		tls: () => once(tls.connect(${port}, '127.0.0.1'), 'connect'),
		dgram: () => call((done) => dgram.createSocket('udp4').send('a', ${port}, '127.0.0.1', done)),
		lookup: () => call((done) => lookup('localhost', done)),
		lookupLater: () => lookupLater('localhost'),
		resolve: () => call((done) => resolve4('localhost', done)),
		resolver: () => call((done) => new Resolver().resolve4('localhost', done)),
		resolverLater: () => new LaterResolver().resolve4('localhost'),
	};
	const outcomes = {};
	for (const [name, way] of Object.entries(ways)) {
		outcomes[name] = await Promise.resolve().then(way).then(() => 'reached', (error) => (error.cause ?? error).message);
	}
	process.send(outcomes, () => process.exit());
`;

async function run(first: string): Promise<Record<string, string>> {
	const { port } = server.address() as AddressInfo;
	const child = spawn(process.execPath, ['--input-type=module', '-e', `${ways(port).replace('const url', `${first}\nconst url`)}`], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	return await new Promise((done, fail) =>
		child.once('message', (outcomes) => done(outcomes as Record<string, string>)).once('exit', () => fail(new Error('no answer'))),
	);
}

test('a process without the network gets nowhere by any way of Node, and its channel to the app goes on', async () => {
	const free = await run('');
	expect([free.fetch, free.http, free.net, free.lookup]).toEqual(Array(4).fill('reached'));
	const before = asked;
	const file = JSON.stringify(new URL('./refuseNetwork.ts', import.meta.url).href);
	const refused = await run(`(await import(${file})).refuseNetwork();`);
	expect(new Set(Object.values(refused))).toEqual(new Set(['this process has no network']));
	expect([Object.keys(refused), asked]).toEqual([Object.keys(free), before]);
});
