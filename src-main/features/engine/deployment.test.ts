import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { Deployment } from '#contract/engine.ts';
import { patience } from './Deployment.ts';
import { asking, engineHosts, longText, openTestBed, readAnswer, type TestBed } from './openTestBed.test-support.ts';

const linux = process.platform === 'linux';
const beds: TestBed[] = [];
async function open(options: Parameters<typeof openTestBed>[0] = {}) {
	const bed = await openTestBed(options);
	beds.push(bed);
	return bed;
}
afterEach(async () => {
	await Promise.all(beds.splice(0).map((bed) => bed.close()));
});

async function until(bed: TestBed, holds: (deployments: Deployment[]) => boolean): Promise<Deployment[]> {
	for await (const deployments of bed.engine.watch('anna')) if (holds(deployments)) return deployments;
	throw new Error('the watch ended');
}

test('a load answers at once, is seen to go on, and a model is loaded once however often it is asked for', async () => {
	const bed = await open();
	const states: string[] = [];
	const [first, second] = await Promise.all([bed.engine.load('anna', 'test.gguf'), bed.engine.load('anna', 'test.gguf')]);
	expect(second?.id).toBe(first?.id);
	expect(bed.engine.isInUse('test.gguf')).toBe(true);
	const [running] = await until(bed, ([deployment]) => states.push(deployment?.state ?? '') > 0 && deployment?.state === 'running');
	expect(states[0]).toBe('starting');
	expect(running).toMatchObject({ loadFraction: 1, failure: null, notes: [], plan: { threads: 1, gpuLayers: 0 } });
	const [measured] = await until(bed, ([deployment]) => deployment?.memoryBytes !== null);
	expect(measured?.memoryBytes).toBeGreaterThan(20e6);
	await bed.engine.unload('anna', first?.id ?? '');
	expect(bed.engine.deployments('anna')).toEqual([]);
	expect(bed.engine.isInUse('test.gguf')).toBe(false);
	if (linux) expect(await engineHosts()).toEqual([]);
});

const crashes = process.env.HOMEROOM_SOAK ? 100 : 2;
test.runIf(linux)(
	`M5 a host killed in the middle of an answer fails it with the cause, and the next load works (${crashes} times)`,
	{ timeout: crashes * 20_000 },
	async () => {
		const bed = await open();
		for (let round = 0; round < crashes; round++) {
			await bed.engine.ensureRunning('anna', 'test.gguf');
			const read = async () => {
				let pieces = 0;
				for await (const _ of bed.engine.generate(asking('On', { jsonSchema: longText(20_000), maxTokens: 8000 }))) {
					if (++pieces === 1 + (round % 5)) for (const pid of await engineHosts()) process.kill(pid, 'SIGKILL');
				}
			};
			await expect(read()).rejects.toMatchObject({ code: 'MODEL_WORKER_CRASHED', data: { kind: 'killed', detail: expect.stringContaining('SIGKILL') } });
			const [failed] = await until(bed, ([deployment]) => deployment?.state === 'failed');
			expect(failed?.failure).toMatchObject({ code: 'MODEL_WORKER_CRASHED', lastLines: expect.any(Array) });
			expect(bed.engine.isInUse('test.gguf')).toBe(false);
		}
		await bed.engine.ensureRunning('anna', 'test.gguf');
		expect((await readAnswer(bed.engine.generate(asking('Hello')))).finish).toBe('stop');
	},
);

test('a model that nobody uses is unloaded after the time set, and not while it answers', async () => {
	const settings = { idleUnloadMs: 40 };
	const bed = await open({ settings });
	await bed.engine.ensureRunning('anna', 'test.gguf');
	const answer = await readAnswer(bed.engine.generate(asking('On', { jsonSchema: longText(2000), maxTokens: 1500 }))).catch((error) => error);
	// Either it was idle before the answer began, or it was kept until the answer's end.
	if ('finish' in answer) expect(answer.usage.completionTokens).toBeGreaterThan(100);
	else expect(answer.code).toBe('MODEL_NOT_RUNNING');
	await until(bed, (deployments) => deployments.length === 0);
	await bed.engine.ensureRunning('anna', 'test.gguf');
});

test.runIf(linux)('a host that no longer answers is ended and told', async () => {
	const bed = await open({ patience: { ...patience, pulseMs: 20, silentMs: 3000 } });
	await bed.engine.ensureRunning('anna', 'test.gguf');
	for (const pid of await engineHosts()) process.kill(pid, 'SIGSTOP');
	const [failed] = await until(bed, ([deployment]) => deployment?.state === 'failed');
	expect(failed?.failure).toMatchObject({ code: 'MODEL_WORKER_CRASHED', data: { kind: 'silent', detail: expect.stringContaining('did not answer') } });
	await expect.poll(engineHosts).toEqual([]);
});

// Hosts that do what no host of ours does, as one might that has eaten a hostile file.
const hostileHosts: [string, string, string][] = [
	['never answers', 'process.on("message", () => {});', 'MODEL_TIMEOUT'],
	['sends what is no frame', 'process.on("message", () => process.send("nonsense"));', 'MODEL_WORKER_CRASHED'],
	[
		'sends what is no text',
		'process.on("message", () => process.send({ __proto__: null, a: 1 })); setTimeout(() => process.exit(5), 50);',
		'MODEL_WORKER_CRASHED',
	],
	[
		'answers in another shape',
		'process.on("message", (m) => process.send(JSON.stringify({ i: JSON.parse(m).i, p: { b: { json: { device: 5, gpus: "many" } } } })));',
		'MODEL_WORKER_CRASHED',
	],
	['ends at once', 'process.exit(3);', 'MODEL_WORKER_CRASHED'],
	['is no program', 'this is not JavaScript', 'MODEL_WORKER_CRASHED'],
];
test.each(hostileHosts)('the app stays and says what happened when a host %s', async (_, code, expected) => {
	const bed = await open();
	const hostEntry = path.join(bed.folder, 'host.mjs');
	await writeFile(hostEntry, `process.on('disconnect', () => process.exit(0));\n${code}`);
	// A busy machine takes its time to start a process, and only the one that never answers is to run out of it.
	const loadMs = expected === 'MODEL_TIMEOUT' ? 500 : patience.loadMs;
	const hostile = await open({ hostEntry, patience: { ...patience, loadMs } });
	await expect(hostile.engine.ensureRunning('anna', 'test.gguf')).rejects.toMatchObject({ code: expected, data: { name: 'test.gguf' } });
	const [failed] = hostile.engine.deployments('anna');
	expect(failed).toMatchObject({ state: 'failed', failure: { code: expected } });
	await hostile.engine.unload('anna', failed?.id ?? '');
	expect(hostile.engine.deployments('anna')).toEqual([]);
});

test('a caller who no longer waits for a load is let go, and the load goes on', async () => {
	const bed = await open();
	const stop = new AbortController();
	const waiting = bed.engine.ensureRunning('anna', 'test.gguf', stop.signal);
	stop.abort(new Error('left'));
	await expect(waiting).rejects.toThrow('left');
	await bed.engine.ensureRunning('anna', 'test.gguf');
});

test('a host that says it used more than its budget is ended, and nothing of it is believed', async () => {
	const bed = await open();
	const hostEntry = path.join(bed.folder, 'host.mjs');
	const lies = `const send = process.send.bind(process);
		process.send = (message, ...rest) => send(typeof message === 'string' ? message.replaceAll(/"completionTokens":\\d+/g, '"completionTokens":999') : message, ...rest);`;
	await writeFile(hostEntry, `${lies}\nawait import(${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'host/engineHost.ts')).href)});`);
	const lying = await open({ hostEntry });
	await lying.engine.ensureRunning('anna', 'test.gguf');
	expect((await readAnswer(lying.engine.generate(asking('Hello', { tokenBudget: 2000 })))).usage.completionTokens).toBe(999);
	const greedy = lying.engine.generate(asking('Hello', { tokenBudget: 500 }));
	await expect(readAnswer(greedy)).rejects.toMatchObject({ code: 'MODEL_WORKER_CRASHED', data: { kind: 'confused' } });
});
