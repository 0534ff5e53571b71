import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeExit } from './describeExit.ts';
import { startChild } from './startChild.ts';

const log = pino({ level: 'silent' });
const here = import.meta.dirname;
let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-child-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, code: string): Promise<string> {
	const file = path.join(folder, name);
	await writeFile(file, code.replaceAll('HERE', here));
	return file;
}

const start = (entry: string) => startChild({ node: process.execPath, entry, log, name: 'test' });
// A process that has ended but that nobody has asked about yet (a zombie) counts as ended.
async function alive(pid: number): Promise<boolean> {
	const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
	return !/\) Z/.test(state);
}

test('a child answers over its port, and ends politely when asked to stop', async () => {
	const child = start(await program('echo.mjs', `process.on('message', (m) => process.send(m + '!')); process.on('disconnect', () => process.exit(7));`));
	const answer = new Promise((resolve) => child.port.on('message', (event) => resolve(event?.data)));
	child.port.postMessage('hello');
	expect(await answer).toBe('hello!');
	expect(await child.stop()).toEqual({ code: 7, signal: null });
});

test.runIf(process.platform === 'linux')('a child that does not want to end is ended with all it started', async () => {
	const child = start(
		await program(
			'stubborn.mjs',
			`import { spawn } from 'node:child_process'; const c = spawn('sleep', ['1000']); process.on('disconnect', () => {}); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.send(String(c.pid));`,
		),
	);
	const grandchild = await new Promise<number>((resolve) => child.port.on('message', (event) => resolve(Number(event?.data))));
	expect(await child.stop(50)).toEqual({ code: null, signal: 'SIGKILL' });
	await expect.poll(() => alive(grandchild)).toBe(false);
});

test('the last lines are there when the child has ended, and a line without end costs no memory', async () => {
	const child = start(
		await program(
			'loud.mjs',
			`process.stderr.write('x'.repeat(5_000_000) + '\\n'); for (let i = 0; i < 100; i++) console.error('line ' + i); process.exitCode = 3;`,
		),
	);
	const exit = await child.exited;
	expect(exit).toEqual({ code: 3, signal: null });
	const lines = child.lastLines();
	expect(lines.at(-1)).toBe('line 99');
	expect(lines).toHaveLength(40);
});

test('every end of a child is told in words', () => {
	expect(describeExit({ code: null, signal: 'SIGKILL' })).toEqual({ kind: 'killed', words: expect.stringContaining('out of memory') });
	expect(describeExit({ code: null, signal: 'SIGABRT' })).toEqual({ kind: 'broke', words: expect.stringContaining('engine library') });
	expect(describeExit({ code: 134, signal: null })).toEqual({ kind: 'broke', words: expect.stringContaining('engine library') });
	expect(describeExit({ code: 3, signal: null })).toEqual({ kind: 'ended', words: 'ended with code 3' });
	expect(describeExit({ code: null, signal: 'SIGUSR1' })).toEqual({ kind: 'ended', words: expect.stringContaining('SIGUSR1') });
});

test('a program that is not there is an end like any other', async () => {
	const child = startChild({ node: path.join(folder, 'no-such-node'), entry: 'x', log, name: 'test' });
	expect(await child.exited).toEqual({ code: -1, signal: null });
});

// Every process that carries the marker of this run in its arguments.
async function living(marker: string): Promise<number[]> {
	const found: number[] = [];
	for (const name of await readdir('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		const words = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
		if (words.includes(marker) && (await alive(Number(name)))) found.push(Number(name));
	}
	return found;
}

const kills = process.env.HOMEROOM_SOAK ? 200 : 10;
test.runIf(process.platform === 'linux')(`F1 leaves no process behind when the app is killed ${kills} times`, { timeout: kills * 10_000 }, async () => {
	// One child idles, one is stuck in a synchronous loop, each with a child of its own.
	const busy = await program(
		'busy.ts',
		`import { watchParent } from 'HERE/watchParent.ts'; import { spawn } from 'node:child_process'; watchParent(); spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', process.argv[2]], { stdio: 'ignore' }); process.send('ready'); if (process.argv[3] === 'stuck') setTimeout(() => { for (;;); }, 20); else setInterval(() => {}, 1000);`,
	);
	const parent = await program(
		'parent.ts',
		`import { startChild } from 'HERE/startChild.ts'; import { pino } from 'HERE/../../../node_modules/pino/pino.js'; const log = pino({ level: 'silent' }); let ready = 0; for (const kind of ['idle', 'stuck']) startChild({ node: process.execPath, entry: ${JSON.stringify(busy)}, args: [process.argv[2], kind], log, name: kind }).port.on('message', () => { if (++ready === 2) console.log('ready'); });`,
	);
	for (let round = 0; round < kills; round++) {
		const marker = `homeroom-f1-${process.pid}-${round}-`;
		const app = spawn(process.execPath, [parent, marker], { stdio: ['ignore', 'pipe', 'inherit'] });
		await new Promise((resolve) => app.stdout.once('data', resolve));
		expect((await living(marker)).length).toBeGreaterThanOrEqual(3);
		app.kill('SIGKILL');
		await expect.poll(() => living(marker), { timeout: 2000, interval: 25 }).toEqual([]);
	}
});
