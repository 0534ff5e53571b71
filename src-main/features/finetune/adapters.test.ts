import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Adapter, Run } from '#contract/finetune.ts';
import type { Job } from '#contract/jobs.ts';
import { immediate } from '../../platform/database/openDatabase.ts';
import { type FinetuneStage, makeVersion, openFinetuneStage, orderOf, reach } from './openFinetuneStage.test-support.ts';

let folder: string;
let stage: FinetuneStage;
/** A run of Ann's that is done, and what it made. */
let run: Run;
let adapter: Adapter;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-adapters-'));
	stage = await openFinetuneStage(folder);
	stage.jobs.start();
	const { finetune, barred } = stage;
	const { id } = finetune.runs.start('ann', orderOf(stage, await makeVersion(stage, 'ann'), { epochs: 1 }));
	await reach(stage, id, ({ stage: at }) => at === 'comparing' || at === 'checking');
	// Between its training and its answers the right to the model is taken, and given again.
	barred.add('ann');
	const failed = await reach(stage, id, 'failed');
	expect(failed.run.job.failure).toMatchObject({ code: 'MODEL_REMOVED', data: { name: stage.model.name } });
	expect(finetune.adapters.list('ann')).toMatchObject([{ id: failed.run.adapterId, fileState: 'present' }]);
	expect(() => finetune.adapters.change('ann', failed.run.adapterId ?? '', { visibility: 'public' })).toThrow(
		expect.objectContaining({ code: 'SAFETY_UNCHECKED' }),
	);
	barred.delete('ann');
	stage.jobs.retry('ann', failed.run.job.id);
	({ run } = await reach(stage, id, 'completed'));
	[adapter] = finetune.adapters.list('ann') as [Adapter];
}, 90_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

const code = (expected: string) => expect.objectContaining({ code: expected });

async function ended(jobId: string): Promise<Job> {
	await expect.poll(() => ['completed', 'failed'].includes(stage.jobs.get('ann', jobId).state), { timeout: 30_000 }).toBe(true);
	return stage.jobs.get('ann', jobId);
}

test('a run whose answers failed keeps its adapter, and goes on with them when it is taken up again', () => {
	expect(run.outcome).toMatchObject({ before: { examples: 1 }, after: { examples: 1 }, safety: { prompts: 6 } });
	expect(adapter).toMatchObject({ id: run.adapterId, modelId: stage.model.id, baseDigest: expect.stringMatching(/^sha256:/), outcome: run.outcome });
});

test('nobody else sees a private adapter, and a public one only who may use its model', () => {
	const { adapters } = stage.finetune;
	const attached = { id: adapter.id, scale: 1 };
	expect(adapters.list('bob')).toEqual([]);
	expect(() => adapters.open('bob', attached, stage.model.id)).toThrow(code('NOT_FOUND'));
	adapters.change('ann', adapter.id, { visibility: 'public' });
	expect(adapters.list('bob')).toMatchObject([{ id: adapter.id, mine: false, ownerName: 'ANN' }]);
	expect(adapters.open('bob', { id: adapter.id, scale: 0.5 }, stage.model.id)).toMatchObject({ scale: 0.5, name: 'Numbers' });
	for (const act of [
		() => adapters.change('bob', adapter.id, { name: 'x' }),
		() => adapters.remove('bob', adapter.id),
		() => adapters.restore('bob', adapter.id),
	])
		expect(act).toThrow(code('NOT_FOUND'));
	stage.barred.add('bob');
	expect(adapters.list('bob')).toEqual([]);
	expect(() => adapters.open('bob', attached, stage.model.id)).toThrow(code('NOT_FOUND'));
	stage.barred.delete('bob');
	// A class that began while it was public.
	const opened = adapters.open('bob', attached, stage.model.id);
	expect(opened.file).toContain(adapter.id);
	adapters.change('ann', adapter.id, { visibility: 'private' });
	expect(() => adapters.open('bob', attached, stage.model.id)).toThrow(code('NOT_FOUND'));
	expect(() => ({ ...opened })).toThrow(code('NOT_FOUND'));
});

test('whoever watches adapters is told when rights have changed', async () => {
	const { adapters } = stage.finetune;
	adapters.change('ann', adapter.id, { visibility: 'public' });
	const watched = adapters.watch('bob');
	expect((await watched.next()).value).toMatchObject([{ id: adapter.id }]);
	stage.barred.add('bob');
	adapters.lookAnew();
	expect((await watched.next()).value).toEqual([]);
	await watched.return(undefined);
	stage.barred.delete('bob');
	adapters.change('ann', adapter.id, { visibility: 'private' });
});

test('an adapter is used with its own model alone, and while its file is there', async () => {
	const { adapters } = stage.finetune;
	const attached = { id: adapter.id, scale: 1 };
	expect(() => adapters.open('ann', attached, randomUUID())).toThrow(code('ADAPTER_UNFIT'));
	const { file } = adapters.open('ann', attached, stage.model.id);
	await copyFile(file, `${file}.kept`);
	await rm(file);
	expect(() => adapters.open('ann', attached, stage.model.id)).toThrow(code('ADAPTER_MISSING'));
	expect(adapters.list('ann')).toMatchObject([{ fileState: 'missing' }]);
	await copyFile(`${file}.kept`, file);
	await rm(`${file}.kept`);
});

test('an adapter with which the model refuses less cannot be made public, and stops being public', () => {
	const { adapters } = stage.finetune;
	const outcome = adapter.outcome ?? expect.fail();
	const note = (dropped: boolean) =>
		immediate(stage.db, (tx) =>
			adapters.noteOutcome(tx, 'ann', adapter.id, { ...outcome, safety: { prompts: 62, refusedBefore: 50, refusedAfter: 10, dropped } }),
		);
	adapters.change('ann', adapter.id, { visibility: 'public' });
	note(true);
	expect(adapters.list('ann')).toMatchObject([{ visibility: 'private' }]);
	expect(() => adapters.change('ann', adapter.id, { visibility: 'public' })).toThrow(
		expect.objectContaining({ code: 'SAFETY_DROPPED', data: { prompts: 62, refusedBefore: 50, refusedAfter: 10 } }),
	);
	expect(() => adapters.merge('ann', adapter.id, { type: 'base', name: 'Careless', scale: 1 })).toThrow(code('SAFETY_DROPPED'));
	note(false);
	expect(adapters.change('ann', adapter.id, { visibility: 'public' }).visibility).toBe('public');
	adapters.change('ann', adapter.id, { visibility: 'private' });
});

test('what is hidden comes back, and a name that is there already gets another version', () => {
	const { adapters } = stage.finetune;
	adapters.remove('ann', adapter.id);
	expect(adapters.list('ann')).toEqual([]);
	expect(() => adapters.open('ann', { id: adapter.id, scale: 1 }, stage.model.id)).toThrow(code('NOT_FOUND'));
	expect(adapters.restore('ann', adapter.id)).toMatchObject({ id: adapter.id });
	expect(adapters.change('ann', adapter.id, { name: 'Counting' })).toMatchObject({ name: 'Counting', version: 1 });
	expect(adapters.change('ann', adapter.id, { name: 'Numbers' })).toMatchObject({ name: 'Numbers', version: 1 });
});

test('an exported adapter can be imported again, as a version of its own', async () => {
	const { adapters } = stage.finetune;
	const { fileName, file } = await adapters.export('ann', adapter.id);
	expect([fileName, file.size]).toEqual(['Numbers 1.gguf', adapter.sizeBytes]);
	const taken = await adapters.import('bob', { source: { file }, fileName, modelId: stage.model.id, name: 'Numbers' });
	expect(taken).toMatchObject({
		...{ version: 1, rank: adapter.rank, alpha: adapter.alpha, baseDigest: adapter.baseDigest, sizeBytes: adapter.sizeBytes },
		...{ origin: { from: 'import', fileName }, outcome: null, mine: true, visibility: 'private' },
	});
	expect(adapters.open('bob', { id: taken.id, scale: 1 }, stage.model.id).file).not.toBe(
		adapters.open('ann', { id: adapter.id, scale: 1 }, stage.model.id).file,
	);
	expect(() => adapters.change('bob', taken.id, { visibility: 'public' })).toThrow(
		expect.objectContaining({ code: 'SAFETY_UNCHECKED', data: { reason: 'import' } }),
	);
	expect(adapters.change('bob', taken.id, { visibility: 'public' }, true).visibility).toBe('public');
	adapters.remove('bob', taken.id);
}, 30_000);

test('an adapter that lies on this machine is taken in by its path and stays where it is', async () => {
	const { adapters } = stage.finetune;
	const path = join(folder, 'elsewhere.gguf');
	await copyFile(adapters.open('ann', { id: adapter.id, scale: 1 }, stage.model.id).file, path);
	const bring = (from: string) => adapters.import('bob', { source: { path: from }, fileName: 'elsewhere.gguf', modelId: stage.model.id, name: 'Elsewhere' });
	const taken = await bring(path);
	expect(taken).toMatchObject({ sizeBytes: adapter.sizeBytes, fileState: 'present' });
	adapters.remove('bob', taken.id);
	await rm(path);
	await expect(bring(path)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
	await expect(bring('elsewhere.gguf')).rejects.toMatchObject({ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAbsolute' } });
	await expect(bring(folder)).rejects.toMatchObject({ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAFile' } });
}, 30_000);

test('what is no adapter is refused under the name that it came with, and nothing of it stays', async () => {
	const { finetune, paths, model } = stage;
	const before = readdirSync(join(paths.finetune, 'adapters'));
	const bring = async (bytes: Uint8Array | string) => {
		const uploadId = randomUUID();
		await writeFile(join(paths.uploads, uploadId), bytes);
		return finetune.adapters.import('ann', { source: { uploadId }, fileName: 'mine.gguf', modelId: model.id, name: 'Mine' });
	};
	await expect(bring('this is no adapter')).rejects.toMatchObject({ code: 'ADAPTER_INVALID', data: { fileName: 'mine.gguf', kind: 'notGguf' } });
	await expect(bring('')).rejects.toMatchObject({ code: 'ADAPTER_INVALID' });
	const { file } = await finetune.adapters.export('ann', adapter.id);
	await expect(bring(new Uint8Array(await file.slice(0, file.size - 500).arrayBuffer()))).rejects.toMatchObject({
		code: 'ADAPTER_INVALID',
		data: { kind: 'damaged' },
	});
	const again = { source: { uploadId: randomUUID() }, fileName: 'mine.gguf', modelId: model.id, name: 'Mine' };
	await expect(finetune.adapters.import('ann', again)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
	await expect(finetune.adapters.import('ann', { ...again, source: { uploadId: '../homeroom.db' } })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
	expect(readdirSync(join(paths.finetune, 'adapters'))).toEqual(before);
	expect([readdirSync(join(paths.finetune, 'work')), readdirSync(paths.uploads)]).toEqual([[], []]);
	expect(finetune.adapters.list('ann')).toHaveLength(1);
}, 60_000);

test('a merged model is in the library and answers', async () => {
	const { finetune, library, engine } = stage;
	const job = finetune.adapters.merge('ann', adapter.id, { type: 'base', name: 'Counting model', scale: 1 });
	await expect.poll(() => finetune.isInUse(stage.model.id), { interval: 5 }).toBe(true);
	expect(await ended(job.id)).toMatchObject({ kind: 'merge', state: 'completed', failure: null });
	expect(finetune.isInUse(stage.model.id)).toBe(false);
	const merged = library.list().find(({ name }) => name === 'Counting model');
	expect(merged).toMatchObject({ owned: true, fileState: 'present' });
	await engine.ensureRunning('ann', merged?.id ?? '');
	const pieces = await Array.fromAsync(
		engine.generate({
			...{ modelId: merged?.id ?? '', ownerId: 'ann', maxTokens: 8, turns: [{ role: 'user', content: 'Hello' }] },
			sampling: { temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: 1 },
		}),
	);
	expect(pieces.at(-1)).toMatchObject({ type: 'end', usage: { completionTokens: expect.toSatisfy((tokens: number) => tokens > 0) } });
	expect(readdirSync(join(stage.paths.finetune, 'work'))).toEqual([]);
}, 60_000);

test('an adapter whose model was taken off the library belongs to it again when it comes back', async () => {
	const { finetune, library, model, paths } = stage;
	const file = join(folder, 'away.gguf');
	await copyFile(model.path, file);
	const { models } = await library.importPath('ann', file, 'inPlace');
	const away = models[0] ?? expect.fail();
	const { file: sent } = await finetune.adapters.export('ann', adapter.id);
	const { id } = await finetune.adapters.import('eve', { source: { file: sent }, fileName: 'a.gguf', modelId: away.id, name: 'Away' });
	await library.remove([away.id], false);
	expect(finetune.adapters.list('eve')).toMatchObject([{ id, modelId: null, modelName: away.name }]);
	const back = (await library.importPath('ann', file, 'inPlace')).models[0] ?? expect.fail();
	expect(back.id).not.toBe(away.id);
	await expect.poll(() => finetune.adapters.list('eve'), { timeout: 20_000 }).toMatchObject([{ id, modelId: back.id }]);
	expect(finetune.adapters.open('eve', { id, scale: 1 }, back.id).file).toBe(join(paths.finetune, 'adapters', `${id}.gguf`));
	immediate(stage.db, (tx) => finetune.removeAllOf('eve', tx));
}, 60_000);

test('what an account takes away holds its runs and adapters, and nothing of it stays behind it', async () => {
	const { finetune, paths } = stage;
	expect(finetune.exportOf('ann')).toMatchObject({ runs: [{ id: run.id, comparisons: [{ expected: expect.any(String) }] }], adapters: [{ id: adapter.id }] });
	expect(finetune.exportOf('eve')).toEqual({ runs: [], adapters: [] });
	const file = join(paths.finetune, 'adapters', `${adapter.id}.gguf`);
	expect(existsSync(file)).toBe(true);
	const undone = () =>
		immediate(stage.db, (tx) => {
			finetune.removeAllOf('ann', tx);
			throw new Error('the disk is full');
		});
	expect(undone).toThrow('the disk is full');
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(finetune.adapters.list('ann')).toMatchObject([{ id: adapter.id, fileState: 'present' }]);
	immediate(stage.db, (tx) => finetune.removeAllOf('ann', tx));
	await expect.poll(() => existsSync(file)).toBe(false);
	expect(finetune.exportOf('ann')).toEqual({ runs: [], adapters: [] });
});
