import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { failures } from '#contract/errors.ts';
import type { Health } from './fuzzedApp.test-support.ts';
import { type HostileFrame, hostileFrame } from './hostileFrames.test-support.ts';
import { ada, cookiesIn } from './openHost.test-support.ts';

const batch = 100;
const total = process.env.HOMEROOM_SOAK === '1' ? 100_000 : 20_000;
/** Enough of every kind of frame, the huge ones too, for the heap to be as large as it gets. */
const warmUpBatches = 40;
/** Readings are taken between this many parts of the attack. The allocator keeps up to 40 MiB more in one than in the next, so a growth is one of the least of five. */
const parts = 20;
const growthLimitBytes = 50 * 1024 * 1024;
const heldLimitBytes = 8 * 1024 * 1024;
const longestReply = 65_536;

let folder: string;
let app: ChildProcess;
let origin: string;
let cookie: string;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-fuzz-'));
	app = fork(fileURLToPath(new URL('./fuzzedApp.test-support.ts', import.meta.url)), [folder], { execArgv: ['--max-old-space-size=256'] });
	const [ready] = await once(app, 'message');
	origin = ready.origin;
	const answer = await fetch(`${origin}/auth/set-up`, {
		method: 'POST',
		headers: { origin, 'content-type': 'application/json' },
		body: JSON.stringify({ code: ready.code, ...ada }),
	});
	cookie = `homeroom_access=${cookiesIn(answer).access}`;
});
afterAll(async () => {
	app.disconnect();
	await once(app, 'exit');
	await rm(folder, { recursive: true, force: true });
});

test(`I2 I4 ${total} hostile payloads are each answered from the closed list and tell nothing; the app stays as it was`, { timeout: 600_000 }, async () => {
	const socket = await open();
	await attack(socket, warmUpBatches);
	const readings = [await health()];
	for (let part = 0; part < parts; part += 1) {
		await attack(socket, total / batch / parts);
		readings.push(await health());
	}
	const call = await ask(socket, [{ kind: 'call', id: 'last', frame: '{"i":"last","p":{"u":"/accounts/me","b":{}}}' }]);
	socket.close();
	expect(JSON.parse(call[0] ?? '')).toMatchObject({ p: { b: { json: { name: 'Ada' } } } });
	const before = readings[0] as Health;
	const after = readings.at(-1) as Health;
	expect(after.rejections).toEqual([]);
	expect(after.prototypeKeys).toEqual(before.prototypeKeys);
	expect(after.heldBytes - before.heldBytes).toBeLessThan(heldLimitBytes);
	expect(leastRss(readings.slice(-5)) - leastRss(readings.slice(0, 5))).toBeLessThan(growthLimitBytes);
	expect(app.exitCode).toBeNull();
});

async function attack(socket: WebSocket, batches: number): Promise<void> {
	const attacks = fc.asyncProperty(fc.array(hostileFrame, { minLength: batch, maxLength: batch, size: 'max' }), async (frames) => {
		const replies = await ask(socket, frames);
		const sent = new Map(frames.map(({ id, frame }) => [id, frame]));
		for (const reply of replies) checkReply(reply, String(sent.get(JSON.parse(reply).i) ?? ''));
		const ids = new Set(replies.map((reply) => JSON.parse(reply).i));
		expect(frames.filter(({ id }) => id !== null && !ids.has(id)).map(({ kind, frame }) => [kind, String(frame).slice(0, 300)])).toEqual([]);
	});
	await fc.assert(attacks, {
		numRuns: batches,
		endOnFailure: true,
		// A hundred frames are too long to print: the seed and the path bring them back.
		asyncReporter: async ({ failed, seed, counterexamplePath, errorInstance }) => {
			if (failed) throw new Error(`seed ${seed}, path ${counterexamplePath}: ${errorInstance instanceof Error ? errorInstance.message : errorInstance}`);
		},
	});
}

/** Sends all frames at once and waits for as many answers. */
async function ask(socket: WebSocket, frames: readonly HostileFrame[]): Promise<string[]> {
	const replies: string[] = [];
	const all = new Promise<void>((resolve, reject) => {
		const read = (data: unknown) => {
			replies.push(String(data));
			if (replies.length < frames.length) return;
			socket.off('message', read);
			socket.off('close', lost);
			resolve();
		};
		const lost = (code: number) => reject(new Error(`the socket was closed with ${code}`));
		socket.on('message', read);
		socket.once('close', lost);
	});
	for (const { frame } of frames) socket.send(frame);
	await all;
	return replies;
}

const tellsTooMuch = new RegExp(
	[
		String.raw`\bat .{1,200}:\d+:\d+`,
		'node_modules',
		'file://',
		String.raw`\.ts\b`,
		String.raw`\b(SELECT|INSERT|UPDATE|DELETE) `,
		'sqlite',
		String.raw`\b[A-Z]:\\\\[\w ().-]+\\\\`,
		'homeroom_(access|refresh)',
		...[os.homedir(), os.tmpdir(), process.cwd()].map((folder) => `${RegExp.escape(folder)}[/\\\\]`),
	].join('|'),
	'i',
);

/** What a reply repeats of its frame, such as a key named `a.ts`, tells its sender nothing. */
function checkReply(text: string, frame: string): void {
	const { p } = JSON.parse(text);
	const error = p?.b?.json;
	expect(failures, text.slice(0, 500)).toHaveProperty([String(error?.code)]);
	expect([error.defined, p.s, text.length <= longestReply], text.slice(0, 500)).toEqual([true, failures[error.code as keyof typeof failures].status, true]);
	const told = text
		.slice(0, longestReply)
		.match(tellsTooMuch)
		?.filter((part) => part && !frame.includes(part));
	expect(told ?? [], text.slice(0, longestReply)).toEqual([]);
	expect(text).not.toContain(cookie.split('=')[1]);
}

async function open(): Promise<WebSocket> {
	const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } });
	await once(socket, 'open');
	return socket;
}

function leastRss(readings: readonly Health[]): number {
	return Math.min(...readings.map(({ rssBytes }) => rssBytes));
}

async function health(): Promise<Health> {
	app.send('health');
	const [told] = await once(app, 'message');
	return told;
}
