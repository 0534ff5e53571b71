import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { readGguf } from '../library/gguf/readGguf.ts';
import { asking, longText, openTestBed, readAnswer } from './openTestBed.test-support.ts';

const closing: (() => unknown)[] = [];
async function open(options: Parameters<typeof openTestBed>[0] = {}) {
	const bed = await openTestBed(options);
	closing.unshift(() => bed.close());
	return bed;
}
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});
const wishes = { contextTokens: 1024, parallel: 1 };

test('what a load has taken is kept beside what was predicted, for this very shape, and told with the next plan', async () => {
	const database = temporaryDatabase();
	closing.push(() => database.remove());
	const { engine } = await open({ db: database.db });
	expect(await engine.plan('anna', 'test.gguf', wishes)).toMatchObject({ kind: 'fits', measured: null, unload: null });
	const { id } = await engine.load('anna', 'test.gguf', { wishes });
	await engine.ensureRunning('anna', 'test.gguf');
	await readAnswer(engine.generate(asking('Hello')));
	await expect.poll(async () => (await engine.plan('anna', 'test.gguf', wishes)).measured).not.toBeNull();
	const { plan, measured } = await engine.plan('anna', 'test.gguf', wishes);
	expect(measured).toEqual({ predictedBytes: plan.ramBytes, measuredBytes: expect.any(Number), at: expect.any(Number) });
	expect(measured?.measuredBytes).toBeGreaterThan(50e6);
	expect((await engine.plan('anna', 'test.gguf', { ...wishes, kvType: 'q8_0' })).measured).toBeNull();
	await engine.unload('anna', id);
	expect((await engine.plan('anna', 'test.gguf', wishes)).measured).toEqual(measured);
});

test('a model loads and answers with a cache of 8-bit values', async () => {
	const { engine } = await open();
	const { plan } = await engine.load('anna', 'test.gguf', { wishes: { ...wishes, kvType: 'q8_0' } });
	expect(plan?.kvType).toBe('q8_0');
	await engine.ensureRunning('anna', 'test.gguf');
	expect((await readAnswer(engine.generate(asking('Hello')))).usage.completionTokens).toBeGreaterThan(0);
});

test('idle models are unloaded first where a load asks for it; one that is in use stays, and so do the others', async () => {
	const { engine, folder } = await open();
	for (const name of ['second.gguf', 'third.gguf']) await copyFile(path.join(folder, 'test.gguf'), path.join(folder, name));
	const ids = [];
	for (const name of ['test.gguf', 'second.gguf']) {
		ids.push((await engine.load('anna', name, { wishes })).id);
		await engine.ensureRunning('anna', name);
	}
	const stop = new AbortController();
	const answer = engine.generate(asking('On', { jsonSchema: longText(8000), maxTokens: 900 }), stop.signal);
	await answer.next();
	await expect(engine.load('anna', 'third.gguf', { wishes, unloadFirst: ids })).rejects.toMatchObject({ code: 'MODEL_IN_USE', data: { name: 'test.gguf' } });
	await expect(engine.unload('bob', ids[0] ?? '', { ifUnused: true })).rejects.toMatchObject({ code: 'MODEL_IN_USE', data: { name: 'test.gguf' } });
	expect((await engine.load('bob', 'test.gguf', { wishes: { contextTokens: 512 } })).id).toBe(ids[0]);
	expect(engine.deployments('anna').map(({ state }) => state)).toEqual(['running', 'running']);
	stop.abort();
	await readAnswer(answer);
	await engine.load('anna', 'third.gguf', { wishes, unloadFirst: [...ids, 'gone already'] });
	expect(engine.deployments('anna').map(({ modelId }) => modelId)).toEqual(['third.gguf']);
	const waiting = engine.ensureRunning('anna', 'third.gguf');
	const third = engine.deployments('anna')[0]?.id ?? '';
	await expect(engine.unload('bob', third, { ifUnused: true })).rejects.toMatchObject({ code: 'MODEL_IN_USE' });
	await waiting;
	await engine.unload('bob', third, { ifUnused: true });
	expect(engine.deployments('anna')).toEqual([]);
});

test('a model that was found damaged is loaded only if that is asked for', async () => {
	const { engine } = await open({ model: { fileState: 'damaged', check: { at: 1, result: 'damaged', badBytes: 4096 } } });
	await expect(engine.load('anna', 'test.gguf', { wishes })).rejects.toMatchObject({ code: 'MODEL_DAMAGED', data: { name: 'test.gguf', badBytes: 4096 } });
	expect(engine.deployments('anna')).toEqual([]);
	await engine.load('anna', 'test.gguf', { wishes, anyway: true });
	expect(await engine.ensureRunning('anna', 'test.gguf')).toEqual({ modelName: 'test.gguf', parallel: 1 });
});

test('a model that is not here yet is judged by its facts', async () => {
	const { engine, folder } = await open({ speedOf: (modelId) => (modelId === 'test.gguf' ? 31 : null) });
	const gguf = readGguf(path.join(folder, 'test.gguf'));
	const { plan, speed } = await engine.plan('anna', 'test.gguf', wishes);
	expect(speed).toEqual({ tokensPerSecond: 31, basis: 'measured' });
	expect(await engine.judge('anna', gguf, wishes)).toMatchObject({ kind: 'fits', plan, speed: { basis: 'estimate' }, unload: null, measured: null });
	expect(await engine.judge('anna', { ...gguf, tensorBytes: 2 ** 50 }, wishes)).toMatchObject({ kind: 'tooBig', unload: null });
});
