import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = fileURLToPath(new URL('serve.ts', import.meta.url));
let folder: string;
const children: ChildProcess[] = [];
beforeAll(() => {
	if (!existsSync(path.join(root, 'dist/renderer/index.html'))) execFileSync(process.execPath, ['scripts/build.mjs', 'renderer'], { cwd: root });
});
beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-serve-'));
});
afterEach(async () => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
	await rm(folder, { recursive: true, force: true });
});

/** Starts the browser host from its source; what it prints can be waited for. */
function start(...args: string[]) {
	const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
	children.push(child);
	let printed = '';
	let said = '';
	child.stderr.on('data', (chunk) => {
		said += chunk;
	});
	const ended = new Promise<{ code: number | null; said: string }>((resolve) => child.once('close', (code) => resolve({ code, said })));
	/** What is printed until it is open, as lines. */
	const open = new Promise<string[]>((resolve, reject) => {
		child.stdout.on('data', (chunk) => {
			printed += chunk;
			// The last line that is printed then.
			if (printed.endsWith('Ctrl-C closes Homeroom.\n')) resolve(printed.trimEnd().split('\n'));
		});
		void ended.then(({ said }) => reject(new Error(said)));
	});
	const link = open.then((lines) => linkIn(lines[0]));
	link.catch(() => {});
	return { child, ended, open, link, said: () => said };
}

function linkIn(line: string | undefined): URL {
	return new URL(/http:\/\/\S+/.exec(line ?? '')?.[0] ?? '');
}

const ada = { name: 'Ada', password: 'a stone in the shoe' };
const post = (origin: string, address: string, body: object) =>
	fetch(`${origin}${address}`, { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: JSON.stringify(body) });

test('prints the link that sets it up, opens with its code, says goodbye to its browsers and ends with 0 when it is asked to', async () => {
	const app = start('--port', '0', '--data', folder);
	const link = await app.link;
	expect([link.hostname, link.hash]).toEqual(['127.0.0.1', expect.stringMatching(/^#\/setup\/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)]);
	const { origin } = link;
	expect(await (await fetch(origin)).text()).toContain('<div id="root">');
	const answer = await post(origin, '/auth/set-up', { code: link.hash.slice('#/setup/'.length), ...ada });
	const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
	const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } });
	await new Promise((resolve) => socket.once('open', resolve));
	const goodbye = new Promise((resolve) => socket.once('close', resolve));
	app.child.kill('SIGTERM');
	expect([await goodbye, await app.ended]).toEqual([1001, { code: 0, said: '' }]);
});

test('U3 prints no link once somebody has a password, and whoever can start it gets one for an account that is named', async () => {
	const first = start('--port', '0', '--data', folder);
	const { origin, hash } = await first.link;
	await post(origin, '/auth/set-up', { code: hash.slice('#/setup/'.length), ...ada });
	first.child.kill('SIGTERM');
	await first.ended;

	const second = start('--port', '0', '--data', folder, '--reset-password', 'ADA');
	const lines = await second.open;
	expect([linkIn(lines[0]).hash, lines]).toEqual(['', [expect.any(String), expect.stringMatching(/^"ADA" chooses another password here/), expect.any(String)]]);
	const link = linkIn(lines[1]);
	const code = link.hash.slice('#/setup/'.length);
	// Until the code is used the present password stays good.
	expect((await post(link.origin, '/auth/sign-in', ada)).status).toBe(204);
	expect((await post(link.origin, '/auth/set-up', { code, name: null, password: 'another stone entirely' })).status).toBe(204);
	expect([(await post(link.origin, '/auth/sign-in', ada)).status, (await post(link.origin, '/auth/set-up', { code, ...ada })).status]).toEqual([401, 401]);
	second.child.kill('SIGTERM');
	await second.ended;

	const third = start('--port', '0', '--data', folder, '--reset-password', 'Grace');
	expect(await third.open).toHaveLength(2);
	await expect.poll(third.said).toBe('There is no account called "Grace" that may sign in.\n');
});

test('says in one sentence why it cannot start, and starts nothing', async () => {
	const first = start('--port', '0', '--data', folder);
	const { port } = await first.link;
	const taken = net.createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => taken.once('listening', resolve));
	const address = taken.address();
	const takenPort = typeof address === 'object' ? String(address?.port) : '';
	const sentences = async (...args: string[]) => start(...args).ended;
	const other = path.join(folder, 'other');
	expect(await sentences('--port', '0', '--data', folder)).toEqual({
		code: 1,
		said: expect.stringMatching(/^Homeroom is running already with the data folder .*Nothing was changed\..*\n$/),
	});
	expect(await sentences('--port', takenPort, '--data', other)).toEqual({
		code: 1,
		said: `Port ${takenPort} is taken by another program, or by the gateway of this Homeroom. Close it, or choose another port: --port N (0: any free one).\n`,
	});
	expect(await sentences('--port', '70000')).toEqual({ code: 1, said: '--port takes a number from 0 to 65535, not "70000".\n' });
	expect(await sentences('--host', '0.0.0.0')).toMatchObject({
		code: 1,
		said: expect.stringMatching(/^Homeroom listens on 127\.0\.0\.1 or ::1 only, not on "0\.0\.0\.0": .*HTTPS yet\.\n$/),
	});
	expect(await sentences('--data', '/dev/null/x')).toEqual({
		code: 1,
		said: expect.stringMatching(/^Homeroom cannot make its data folder \/dev\/null\/x\..*\n$/),
	});
	expect(port).not.toBe('');
	taken.close();
});
