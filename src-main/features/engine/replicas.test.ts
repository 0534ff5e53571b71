import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { Deployment, LoadWishes } from '#contract/engine.ts';
import { patience } from './Deployment.ts';
import { asking, engineHosts, longText, openTestBed, readAnswer, type TestBed } from './openTestBed.test-support.ts';

// Hosts are found and killed by what Linux tells of processes.
const testOnLinux = test.runIf(process.platform === 'linux');
const beds: TestBed[] = [];
afterEach(async () => {
	await Promise.all(beds.splice(0).map((bed) => bed.close()));
});

/** The test model in two copies that both run, or as many as `wishes` say. */
async function openCopies(options: Parameters<typeof openTestBed>[0] = {}, wishes: LoadWishes = {}): Promise<TestBed> {
	const bed = await openTestBed({ patience: { ...patience, restartMs: 10, longestRestartMs: 40 }, ...options });
	beds.push(bed);
	await bed.engine.load('anna', 'test.gguf', { wishes: { contextTokens: 2048, parallel: 2, replicas: 2, ...wishes } });
	await until(bed, (views) => views.every(({ state }) => state === 'running'));
	return bed;
}

async function until(bed: TestBed, holds: (views: Deployment[]) => boolean): Promise<Deployment[]> {
	for await (const views of bed.engine.watch('anna')) if (holds(views)) return views;
	throw new Error('the watch ended');
}

/** The hosts by the order in which they were started. */
const hosts = async () => (await engineHosts()).sort((a, b) => a - b);
const long = () => asking('On', { jsonSchema: longText(4000), maxTokens: 3000 });
const statesOf = (views: Deployment[]) => views.map(({ replica, replicas, state }) => `${replica}/${replicas} ${state}`);

test('a model in two copies is two processes, of which each takes the requests that the other has less room for', async () => {
	const bed = await openCopies();
	expect(statesOf(bed.engine.deployments('anna'))).toEqual(['1/2 running', '2/2 running']);
	expect(await bed.engine.ensureRunning('anna', 'test.gguf')).toEqual({ modelName: 'test.gguf', parallel: 4 });
	const answers = [bed.engine.generate(long()), bed.engine.generate(long()), bed.engine.generate(long())];
	await Promise.all(answers.map((answer) => answer.next()));
	expect(bed.engine.deployments('anna').map(({ activeRequests }) => activeRequests)).toEqual([2, 1]);
	await Promise.all(answers.map((answer) => answer.return(undefined)));
	const [first] = bed.engine.deployments('anna');
	await bed.engine.unload('anna', first?.id ?? '');
	expect(bed.engine.deployments('anna')).toEqual([]);
	expect(bed.engine.isInUse('test.gguf')).toBe(false);
});

test('in turn means in turn, also while the first is idle', async () => {
	const bed = await openCopies({}, { balance: 'roundRobin' });
	const took: number[] = [];
	for (let asked = 0; asked < 4; asked++) {
		const answer = bed.engine.generate(asking('Hello', { jsonSchema: longText(200), maxTokens: 200 }));
		await answer.next();
		took.push(bed.engine.deployments('anna').findIndex(({ activeRequests }) => activeRequests > 0));
		await answer.return(undefined);
	}
	expect(took).toEqual([0, 1, 0, 1]);
});

testOnLinux('a request whose copy dies before the first byte is answered by another, and the dead one comes back', async () => {
	const bed = await openCopies();
	const [first] = await hosts();
	// It takes the request, and never gets to answer it.
	process.kill(first ?? 0, 'SIGSTOP');
	const answer = readAnswer(bed.engine.generate(asking('Hello')));
	await until(bed, ([one]) => one?.activeRequests === 1);
	process.kill(first ?? 0, 'SIGKILL');
	expect((await answer).finish).not.toBe('aborted');
	const views = await until(bed, (now) => now.every(({ state }) => state === 'running'));
	expect(statesOf(views)).toEqual(['1/2 running', '2/2 running']);
	expect(await hosts()).toHaveLength(2);
	expect(await hosts()).not.toContain(first);
});

testOnLinux('where all copies die a request waits for the first that is back; so does what is counted or embedded', async () => {
	const bed = await openCopies();
	for (const pid of await hosts()) process.kill(pid, 'SIGSTOP');
	const answers = Promise.all([
		readAnswer(bed.engine.generate(asking('Hello'))),
		bed.engine.countTokens('anna', 'test.gguf', 'Hello'),
		bed.engine.embed('anna', 'test.gguf', ['a']),
	]);
	await until(bed, (views) => views.reduce((sum, { activeRequests }) => sum + activeRequests, 0) === 3);
	for (const pid of await hosts()) process.kill(pid, 'SIGKILL');
	const [answer, tokens, vectors] = await answers;
	expect(answer.usage.promptTokens).toBeGreaterThan(0);
	expect(tokens).toBeGreaterThan(0);
	expect(vectors).toHaveLength(1);
});

testOnLinux('an answer of which something was read is never begun anew', async () => {
	const bed = await openCopies();
	const read = async () => {
		let pieces = 0;
		for await (const _ of bed.engine.generate(long())) if (++pieces === 1) for (const pid of await hosts()) process.kill(pid, 'SIGKILL');
	};
	await expect(read()).rejects.toMatchObject({ code: 'MODEL_WORKER_CRASHED', data: { kind: 'killed' } });
	await until(bed, (views) => views.every(({ state }) => state === 'running'));
});

testOnLinux('whoever waits for a copy and leaves is let go', async () => {
	const bed = await openCopies({ patience: { ...patience, restartMs: 600_000, longestRestartMs: 600_000 } });
	const kill = async () => {
		for (const pid of await hosts()) process.kill(pid, 'SIGKILL');
		await until(bed, (views) => views.every(({ state, restartAt }) => state === 'running' || restartAt !== null));
	};
	await kill();
	await until(bed, (views) => views.every(({ state }) => state === 'running'));
	await kill();
	const stop = new AbortController();
	const answer = readAnswer(bed.engine.generate(asking('Hello'), stop.signal));
	stop.abort();
	expect(await answer).toMatchObject({ text: '', finish: 'aborted' });
});

testOnLinux('a request that brings down whatever takes it ends, and copies that never answer are given up', { timeout: 180_000 }, async () => {
	const bed = await openTestBed();
	beds.push(bed);
	const hostEntry = path.join(bed.folder, 'host.mjs');
	const dies = `process.on('message', (message) => { if (String(message).includes('/generate')) process.kill(process.pid, 'SIGKILL'); });`;
	// Last, since a message that comes while nobody else listens yet is lost.
	await writeFile(hostEntry, `await import(${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'host/engineHost.ts')).href)});\n${dies}`);
	const poisoned = await openCopies({ hostEntry });
	const crashed = { code: 'MODEL_WORKER_CRASHED', data: { kind: 'killed' } };
	let refused = 0;
	while (poisoned.engine.isInUse('test.gguf')) {
		await expect(readAnswer(poisoned.engine.generate(asking('Hello')))).rejects.toMatchObject(crashed);
		expect(++refused).toBeLessThan(10);
	}
	expect(poisoned.engine.deployments('anna')).toMatchObject([
		{ state: 'failed', restartAt: null, failure: { code: 'MODEL_WORKER_CRASHED' } },
		{ state: 'failed', restartAt: null },
	]);
	await expect(readAnswer(poisoned.engine.generate(asking('Hello')))).rejects.toMatchObject({ code: 'MODEL_NOT_RUNNING' });
});
