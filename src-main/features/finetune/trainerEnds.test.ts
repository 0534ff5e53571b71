import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { TrainerProcess } from './TrainerProcess.ts';
import type { InspectOrder } from './trainer/trainerContract.ts';
import { writeTrainOrder } from './trainer/trainOrder.test-support.ts';
import { writeArchitectureModel } from './trainer/writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-ends-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const order: InspectOrder = { kind: 'inspect', adapterPath: '/adapter.gguf', modelPath: '/model.gguf' };
const log = pino({ level: 'info' }, { write: () => {} });
const inspected = { type: 'inspected', rank: 1, alpha: 1, targets: [], baseDigest: null, modelDigest: '', remarks: [] };
let made = 0;

/** A process in the trainer's place that does something else; `say` in its code sends an event. */
function impostor(code: string): TrainerProcess {
	const entry = path.join(folder, `impostor${made++}.mjs`);
	const said = `const say = (event) => process.send(JSON.stringify(event)); const inspected = ${JSON.stringify(inspected)}; process.on('message', () => {});`;
	writeFileSync(entry, `${said}\n${code}`);
	return new TrainerProcess({ node: process.execPath, entry, log, order, patience: { pausing: 1, always: 2 } });
}

test.each([
	['an event of no kind', `say({ type: 'dance' });`, 'confused'],
	['a figure that is text', `say({ type: 'saved', step: 'three' });`, 'confused'],
	['an answer without end', `process.send('x'.repeat(5_000_000));`, 'confused'],
	['more after its last event', `say(inspected); say(inspected);`, null],
	['an end before its work is done', `say({ type: 'saved', step: 1 }); process.disconnect();`, 'ended'],
	['an abort inside the library', `process.abort();`, 'broke'],
	['being killed by the system', `process.kill(process.pid, 'SIGKILL');`, 'killed'],
	['an error', `throw new Error('a bug');`, 'ended'],
	['saying nothing', `setInterval(() => {}, 1000);`, 'silent'],
])('a trainer that ends with %s is told as what it is', async (_, code, kind) => {
	const events = Array.fromAsync(impostor(code).events());
	if (kind === null) expect(await events).toMatchObject([inspected]);
	else await expect(events).rejects.toMatchObject({ code: 'TRAINING_FAILED', data: { kind } });
});

test('a trainer that tells more than anybody reads is ended before that fills the memory', async () => {
	const flood = impostor(`for (let i = 0; i < 20_000; i++) say({ type: 'saved', step: i }); setInterval(() => {}, 1000);`);
	await flood.ended;
	const events = Array.fromAsync(flood.events());
	await expect(events).rejects.toMatchObject({ code: 'TRAINING_FAILED', data: { kind: 'confused' } });
});

test('a trainer that does not answer a pause is ended, and one that is killed or left ends quietly', async () => {
	const stuck = impostor(`process.on('SIGTERM', () => {}); say({ type: 'saved', step: 1 }); setTimeout(() => { for (;;); }, 50);`);
	const events = stuck.events();
	expect((await events.next()).value).toEqual({ type: 'saved', step: 1 });
	void stuck.pause();
	await expect(events.next()).rejects.toMatchObject({ code: 'TRAINING_FAILED', data: { kind: 'silent' } });

	const killed = impostor(`setInterval(() => say({ type: 'saved', step: 1 }), 20);`);
	for await (const _ of killed.events()) void killed.kill();
	const leaving = new AbortController();
	const left = impostor(`setInterval(() => say({ type: 'saved', step: 1 }), 20);`);
	for await (const _ of left.events(leaving.signal)) leaving.abort();
	const broken = impostor(`setInterval(() => say({ type: 'saved', step: 1 }), 20);`);
	for await (const _ of broken.events()) break;
	await Promise.all([killed.ended, left.ended, broken.ended]);
});

test('F2 a flood of lines, a line without end and text that is none neither stop the app nor fill its memory', async () => {
	const flood = impostor(`
		const line = Buffer.from('a line like any other that a library may write\\n'.repeat(1400));
		const endless = Buffer.alloc(65_536, 'x');
		const broken = Buffer.from([0xff, 0xfe, 0xc3, 0x28, 10]);
		const write = (piece) => new Promise((resolve) => process.stderr.write(piece, resolve));
		for (let i = 0; i < 1500; i++) {
			await write(i % 3 === 0 ? line : i % 3 === 1 ? endless : broken);
			if (i % 100 === 0) say({ type: 'saved', step: i });
		}
		say(inspected);
		process.disconnect();`);
	const before = process.memoryUsage.rss();
	let most = before;
	let saved = 0;
	for await (const event of flood.events()) {
		if (event.type === 'saved') saved++;
		most = Math.max(most, process.memoryUsage.rss());
	}
	expect(saved).toBe(15);
	expect(most - before).toBeLessThan(100e6);
	expect(flood.lastLines().every((line) => line.length <= 2000)).toBe(true);
});

/** Every living process that has the marker among its arguments or its environment. */
async function living(marker: string): Promise<number[]> {
	const found: number[] = [];
	for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
		const words = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
		const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
		if (words.includes(marker) && !/\) Z/.test(state)) found.push(Number(pid));
	}
	return found;
}

const kills = process.env.HOMEROOM_SOAK ? 50 : 2;
test.runIf(process.platform === 'linux')(`F1 leaves no trainer behind when the app is killed ${kills} times`, { timeout: kills * 20_000 }, async () => {
	const modelPath = path.join(folder, 'model.gguf');
	writeArchitectureModel(modelPath, { layers: 2, width: 128, heads: 2, kvHeads: 1 });
	const train = await writeTrainOrder(path.join(folder, 'run'), modelPath, { settings: { epochs: 100 } });
	const app = path.join(folder, 'app.ts');
	writeFileSync(
		app,
		`import { TrainerProcess } from ${JSON.stringify(path.join(import.meta.dirname, 'TrainerProcess.ts'))};
		import { pino } from ${JSON.stringify(path.resolve('node_modules/pino/pino.js'))};
		const trainer = new TrainerProcess({ node: process.execPath, entry: ${JSON.stringify(path.join(import.meta.dirname, 'trainer/runTrainer.ts'))}, log: pino({ level: 'silent' }), order: ${JSON.stringify(train)} });
		for await (const event of trainer.events()) if (event.type === 'step') console.log('stepped');`,
	);
	for (let round = 0; round < kills; round++) {
		const marker = `homeroom-f1-trainer-${process.pid}-${round}-`;
		// A child process is given what begins so.
		const parent = spawn(process.execPath, [app], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, XDG_CACHE_HOME: marker } });
		await new Promise((resolve) => parent.stdout.once('data', resolve));
		expect((await living(marker)).length).toBe(2);
		parent.kill('SIGKILL');
		await expect.poll(() => living(marker), { timeout: 5000, interval: 25 }).toEqual([]);
	}
});
