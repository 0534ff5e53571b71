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
	const link = new Promise<URL>((resolve, reject) => {
		child.stdout.on('data', (chunk) => {
			printed += chunk;
			const found = /http:\/\/\S+\/sign-in\?token=[\w-]{43}/.exec(printed);
			if (found) resolve(new URL(found[0]));
		});
		void ended.then(({ said }) => reject(new Error(said)));
	});
	link.catch(() => {});
	return { child, ended, link };
}

test('prints one link, opens with it, says goodbye to its browsers and ends with 0 when it is asked to', async () => {
	const app = start('--port', '0', '--data', folder);
	const link = await app.link;
	expect(link.hostname).toBe('127.0.0.1');
	const cookie = (await fetch(link, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
	expect(await (await fetch(link.origin, { headers: { cookie } })).text()).toContain('<div id="root">');
	const socket = new WebSocket(`${link.origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin: link.origin } });
	await new Promise((resolve) => socket.once('open', resolve));
	const goodbye = new Promise((resolve) => socket.once('close', resolve));
	app.child.kill('SIGTERM');
	expect([await goodbye, await app.ended]).toEqual([1001, { code: 0, said: '' }]);
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
		said: `Port ${takenPort} is taken by another program. Close it, or choose another port: --port N (0: any free one).\n`,
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
