import {
	appendFileSync,
	closeSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sumBlockBytes } from '#contract/sumBlockBytes.ts';
import { sumFile } from './fileSums.ts';
import { failureOf, type LibraryStage, openLibraryStage, writeTiny } from './openLibraryStage.test-support.ts';

let stage: LibraryStage;
beforeEach(async () => {
	stage = await openLibraryStage();
});
afterEach(() => stage.close());

const longer = 6 * sumBlockBytes;

async function verify(...modelIds: string[]) {
	const { id } = stage.library.verify('ann', modelIds);
	const job = await stage.reached(id);
	return { state: job.state, failures: stage.failuresOf(id) };
}

/** Turns one bit of a file, as a dying disk does: its time of change stays. */
function spoil(file: string, offset: number): void {
	const { mtimeMs } = statSync(file);
	const byte = readFileSync(file)[offset] ?? 0;
	const handle = openSync(file, 'r+');
	writeSync(handle, Buffer.of(byte ^ 1), 0, 1, offset);
	closeSync(handle);
	utimesSync(file, 0, (Math.trunc(mtimeMs) + 0.5) / 1000);
}

async function addDownloaded(name: string) {
	const partFile = writeTiny(stage.at(`downloads/${name}.part`), name, longer);
	const { sha256, blockSums } = await sumFile(partFile, { workerFile: join(import.meta.dirname, 'sumWorker.ts') });
	const origin = { source: 'huggingface' as const, repo: 'ann/tiny', revision: 'a'.repeat(40), paths: ['tiny.gguf'] };
	return stage.library.addDownloaded({ files: [{ partFile, fileName: `${name}.gguf`, sha256, blockSums }], origin, license: null, defaults: null });
}

describe('a check of the bytes', () => {
	test('writes down what nobody published, compares with it the next time, and tells which blocks are wrong', async () => {
		const file = writeTiny(stage.at('own/one.gguf'), 'One', longer);
		const model = await stage.take(file);
		expect(model.check).toBe(null);
		expect(await verify(model.id)).toEqual({ state: 'completed', failures: [''] });
		expect(stage.library.get(model.id)).toMatchObject({
			fileState: 'present',
			check: { result: 'recorded', badBytes: 0 },
			files: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
		});

		spoil(file, 3 * sumBlockBytes + 5);
		expect(stage.library.get(model.id).fileState).toBe('present');
		expect((await verify(model.id)).failures).toEqual(['MODEL_DAMAGED']);
		expect(stage.library.get(model.id)).toMatchObject({ fileState: 'damaged', check: { result: 'damaged', badBytes: sumBlockBytes } });
		expect(stage.library.filesOf(model.id)).toMatchObject([{ badBlocks: [3] }]);

		spoil(file, 3 * sumBlockBytes + 5);
		expect((await verify(model.id)).failures).toEqual(['']);
		expect(stage.library.get(model.id)).toMatchObject({ fileState: 'present', check: { result: 'recorded', badBytes: 0 } });
	});

	test('tells a damaged download from one that is good, and a repair ends the damage', async () => {
		const [good, bad] = [await addDownloaded('good'), await addDownloaded('bad')];
		spoil(bad.path, 0);
		spoil(bad.path, bad.sizeBytes - 1);
		expect(await verify(good.id, bad.id)).toEqual({ state: 'completed', failures: ['', 'MODEL_DAMAGED'] });
		expect(stage.library.get(good.id).check).toMatchObject({ result: 'good' });
		const [file] = stage.library.filesOf(bad.id);
		expect(file?.badBlocks).toEqual([0, Math.ceil(bad.sizeBytes / sumBlockBytes) - 1]);

		spoil(bad.path, 0);
		spoil(bad.path, bad.sizeBytes - 1);
		stage.library.noteRepaired(bad.id, 0, { sha256: file?.sha256 ?? '', blockSums: file?.blockSums ?? Buffer.alloc(0) });
		expect(stage.library.get(bad.id)).toMatchObject({ fileState: 'present', check: { result: 'good', badBytes: 0 } });
	});

	test('takes a download that was cut short for damaged, and a file that its owner wrote to for changed', async () => {
		const cut = await addDownloaded('cut');
		writeFileSync(cut.path, readFileSync(cut.path).subarray(0, 4 * sumBlockBytes));
		const own = await stage.take(writeTiny(stage.at('own/one.gguf'), 'One', longer));
		await verify(own.id);
		appendFileSync(own.path, 'more');
		expect((await verify(cut.id, own.id)).failures).toEqual(['MODEL_DAMAGED', '']);
		expect([stage.library.get(cut.id).fileState, stage.library.get(own.id).fileState]).toEqual(['damaged', 'changed']);
		expect(stage.library.filesOf(cut.id)[0]?.badBlocks).toEqual([4, 5, 6]);
	});

	test('finds a file that was only touched to be the same', async () => {
		const model = await addDownloaded('good');
		utimesSync(model.path, 1, 1);
		expect(stage.library.get(model.id).fileState).toBe('changed');
		expect((await verify(model.id)).failures).toEqual(['']);
		expect(stage.library.get(model.id).fileState).toBe('present');
	});

	test('of a missing model fails that one alone', async () => {
		const [gone, there] = [await addDownloaded('gone'), await addDownloaded('there')];
		rmSync(gone.path);
		expect((await verify(gone.id, there.id)).failures).toEqual(['MODEL_MISSING', '']);
	});
});

describe('several models', () => {
	test('are removed at once; what is in use stays and is told, and what is gone already is passed over', async () => {
		const models = [await addDownloaded('a'), await addDownloaded('b'), await addDownloaded('c'), await stage.take(writeTiny(stage.at('own/d.gguf'), 'D'))];
		const [a, b, c, d] = models.map(({ id }) => id);
		stage.inUse.add(b ?? '');
		rmSync(models[2]?.path ?? '');
		const done = await stage.library.remove([a ?? '', b ?? '', c ?? '', d ?? '', 'nobody', a ?? ''], true);
		expect(done).toMatchObject({ freedBytes: models[0]?.sizeBytes, removed: 3, refused: [{ name: 'b', failure: { code: 'MODEL_IN_USE' } }] });
		expect(stage.library.list().map(({ id }) => id)).toEqual([b]);
		expect(models.map(({ path }) => existsSync(path))).toEqual([false, true, false, true]);
	});

	test('that a training is at work on stay, and that is said rather than that they are loaded', async () => {
		const { id, name } = await addDownloaded('trained');
		stage.inUse.add(id);
		stage.trained.add(id);
		expect(await stage.library.remove([id], true)).toMatchObject({ removed: 0, refused: [{ name, failure: { code: 'MODEL_TRAINED', data: { name } } }] });
	});

	test('by the hundred are listed with one look at each', async () => {
		const { path } = await addDownloaded('a');
		const row = stage.db.$client.prepare(
			`insert into model (id, name, owned, size_bytes, architecture, quantization, has_chat_template, added_at) values (?, ?, 1, 1, 'llama', 'F32', 0, 1)`,
		);
		const file = stage.db.$client.prepare('insert into model_file (model_id, position, path, size_bytes, block_sums) values (?, 0, ?, 1, zeroblob(80000))');
		for (let i = 0; i < 500; i++) {
			row.run(`m${i}`, `Model ${i}`);
			file.run(`m${i}`, `${path}.${i}`);
		}
		expect(stage.library.list().filter(({ fileState }) => fileState === 'missing')).toHaveLength(500);
	});
});

test('the name and the tags of a model can be changed, and each tag is there once', async () => {
	const { id } = await addDownloaded('a');
	expect(stage.library.change(id, { name: 'For class 7', tags: ['physics', 'class 7', 'physics'] })).toMatchObject({
		name: 'For class 7',
		tags: ['physics', 'class 7'],
	});
	expect(stage.library.change(id, { tags: [] })).toMatchObject({ name: 'For class 7', tags: [] });
});

describe('a file that was changed', () => {
	test('is read anew as what it is now, and what was known of its bytes is forgotten', async () => {
		const model = await addDownloaded('a');
		writeTiny(model.path, 'Another', 77);
		expect(stage.library.get(model.id).fileState).toBe('changed');
		expect(await stage.library.refresh(model.id)).toMatchObject({
			fileState: 'present',
			sizeBytes: statSync(model.path).size,
			origin: { source: 'local' },
			check: null,
		});
		expect(stage.library.filesOf(model.id)).toMatchObject([{ sha256: null, published: false, blockSums: null }]);
		writeFileSync(model.path, 'no model any more');
		expect(await failureOf(stage.library.refresh(model.id))).toMatchObject({ code: 'MODEL_FILE_INVALID' });
		rmSync(model.path);
		expect(await failureOf(stage.library.refresh(model.id))).toMatchObject({ code: 'MODEL_MISSING' });
	});

	test('and one that was not keeps what is known of it', async () => {
		const model = await addDownloaded('a');
		expect(await stage.library.refresh(model.id)).toEqual(model);
	});
});

describe('a missing model', () => {
	test('is found again where its file is now, if it is the same', async () => {
		const model = await addDownloaded('a');
		const moved = stage.at('own/moved.gguf');
		renameSync(model.path, moved);
		copyFileSync(moved, stage.at('own/spoilt.gguf'));
		spoil(stage.at('own/spoilt.gguf'), longer);
		const other = writeTiny(stage.at('own/other.gguf'), 'Other');
		for (const file of [stage.at('own/spoilt.gguf'), other])
			expect(await failureOf(stage.library.relocate(model.id, file))).toMatchObject({ code: 'CHECKSUM_MISMATCH' });
		expect(await stage.library.relocate(model.id, moved)).toMatchObject({
			id: model.id,
			path: moved,
			fileState: 'present',
			owned: false,
			origin: model.origin,
			check: { result: 'good' },
		});
		await stage.take(other);
		expect(await failureOf(stage.library.relocate(model.id, stage.at('own/nobody.gguf')))).toMatchObject({ code: 'FILE_NOT_FOUND' });
	});

	test('does not take the file of another', async () => {
		const one = await stage.take(writeTiny(stage.at('own/one.gguf'), 'One'));
		const two = await stage.take(writeTiny(stage.at('own/two.gguf'), 'Two'));
		rmSync(one.path);
		expect(await failureOf(stage.library.relocate(one.id, two.path))).toEqual({ code: 'MODEL_EXISTS', data: { modelId: two.id, name: 'Two' } });
	});
});

test('a path that cannot be looked at makes its model missing, and no look fails', async () => {
	mkdirSync(stage.at('own/folder'));
	const model = await stage.take(writeTiny(stage.at('own/folder/one.gguf')));
	rmSync(stage.at('own/folder'), { recursive: true });
	symlinkSync(stage.at('own/folder'), stage.at('own/folder'));
	expect(stage.library.list()).toMatchObject([{ id: model.id, fileState: 'missing' }]);
	expect(await failureOf(stage.library.facts(model.id))).toMatchObject({ code: 'MODEL_MISSING' });
});

test('what an unfinished download takes is measured by what the disk gave it', async () => {
	writeFileSync(stage.at('downloads/a.part'), Buffer.alloc(100_000, 1));
	const sparse = openSync(stage.at('downloads/b.part'), 'w');
	writeSync(sparse, Buffer.of(1), 0, 1, 50_000_000);
	closeSync(sparse);
	const { partialBytes, volumeFreeBytes, volumeTotalBytes, modelsFolder } = await stage.library.disk();
	expect(partialBytes).toBeGreaterThanOrEqual(100_000);
	expect(partialBytes).toBeLessThan(1_000_000);
	expect([volumeFreeBytes > 0, volumeTotalBytes > volumeFreeBytes, modelsFolder]).toEqual([true, true, stage.at('models')]);
});
