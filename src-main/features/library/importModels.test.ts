import { execFileSync } from 'node:child_process';
import {
	appendFileSync,
	existsSync,
	linkSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sumFile } from './fileSums.ts';
import { writeSplitTestModel } from './gguf/writeSplitTestModel.test-support.ts';
import { failureOf, type LibraryStage, openLibraryStage, tinyModel, writeTiny } from './openLibraryStage.test-support.ts';

let stage: LibraryStage;
beforeEach(async () => {
	stage = await openLibraryStage();
});
afterEach(() => stage.close());

const modelsFolder = () => readdirSync(stage.at('models')).sort();
const sums = (file: string) => sumFile(file, { workerFile: join(import.meta.dirname, 'sumWorker.ts') });

describe('a folder', () => {
	test('gives every model in it and its folders, and tells what it could not take', async () => {
		mkdirSync(stage.at('own/deep/.hidden'), { recursive: true });
		mkdirSync(stage.at('elsewhere'));
		writeTiny(stage.at('own/one.gguf'), 'One');
		writeTiny(stage.at('own/deep/two.GGUF'), 'Two');
		writeTiny(stage.at('own/deep/.hidden/three.gguf'), 'Three');
		writeTiny(stage.at('elsewhere/four.gguf'), 'Four');
		symlinkSync(stage.at('elsewhere/four.gguf'), stage.at('own/four.gguf'));
		symlinkSync(stage.at('own'), stage.at('own/deep/round'));
		writeFileSync(stage.at('own/notes.gguf'), 'not a model, a text that somebody renamed');
		writeFileSync(stage.at('own/models.zip'), 'PK');
		writeFileSync(stage.at('own/notes.txt'), 'a text');

		const { models, refused, job } = await stage.library.importPath('ann', stage.at('own'), 'inPlace');
		expect(models.map(({ name, path }) => [name, path]).sort()).toEqual([
			['One', stage.at('own/one.gguf')],
			['Two', stage.at('own/deep/two.GGUF')],
		]);
		expect(refused.map(({ name, failure }) => [name, failure.code]).sort()).toEqual([
			['models.zip', 'FILE_NOT_ALLOWED'],
			['notes.gguf', 'MODEL_FILE_INVALID'],
		]);
		expect(job).toBe(null);
		const again = await stage.library.importPath('ann', stage.at('own'), 'inPlace');
		expect([again.models, again.refused.map(({ failure }) => failure.code).sort()]).toEqual([
			[],
			['FILE_NOT_ALLOWED', 'MODEL_EXISTS', 'MODEL_EXISTS', 'MODEL_FILE_INVALID'],
		]);
	});

	test('of the library itself is not taken in again, and what was left in its folder comes back as its own, where it lies', async () => {
		await stage.take(writeTiny(stage.at('own/one.gguf')), 'hardLink');
		writeTiny(stage.at('models/0-0-0.part'), 'Half');
		expect(await failureOf(stage.library.importPath('ann', stage.at('models/0-0-0.part'), 'inPlace'))).toEqual({
			code: 'FILE_NOT_ALLOWED',
			data: { reason: 'insideLibrary' },
		});
		for (const mode of ['inPlace', 'hardLink', 'copy'] as const) {
			const stray = writeTiny(stage.at('models/stray.gguf'), 'Stray');
			const { models, refused, job } = await stage.library.importPath('ann', stage.at('models'), mode);
			expect([models, refused.map(({ failure }) => failure.code), job]).toMatchObject([[{ path: stray, owned: true, linked: false }], ['MODEL_EXISTS'], null]);
			await stage.library.remove([models[0]?.id ?? ''], true);
			expect(modelsFolder()).toEqual(['0-0-0.part', 'one.gguf']);
		}
	});
});

describe('a split model', () => {
	test('is one model by any of its parts, in place, linked and copied', async () => {
		const parts = await writeSplitTestModel(stage.at('own'), 'split', 3);
		const model = await stage.take(parts[1] ?? '');
		expect(model).toMatchObject({ path: parts[0], fileState: 'present', files: parts.map((path) => ({ path, sizeBytes: statSync(path).size })) });
		expect(model.sizeBytes).toBe(parts.reduce((bytes, path) => bytes + statSync(path).size, 0));
		expect(await stage.library.facts(model.id)).toMatchObject({ fileBytes: model.sizeBytes });

		await stage.library.remove([model.id], true);
		const linked = await stage.take(parts[0] ?? '', 'hardLink');
		expect(linked.files.map(({ fileName }) => fileName)).toEqual(modelsFolder());
		expect(modelsFolder()).toEqual([1, 2, 3].map((n) => expect.stringMatching(new RegExp(`-0000${n}-of-00003\\.gguf$`))));

		await stage.library.remove([linked.id], true);
		const { job } = await stage.library.importPath('ann', parts[2] ?? '', 'copy');
		expect((await stage.reached(job?.id ?? '')).state).toBe('completed');
		expect(stage.library.list()).toMatchObject([{ files: modelsFolder().map((fileName) => ({ fileName })), fileState: 'present' }]);
		expect(await stage.library.facts(stage.library.list()[0]?.id ?? '')).toMatchObject({ fileBytes: model.sizeBytes });
	});

	test('whose parts are links keeps the names by which they are found', async () => {
		const parts = await writeSplitTestModel(stage.at('own'), 'split', 2);
		mkdirSync(stage.at('blobs'));
		for (const [i, path] of parts.entries()) {
			renameSync(path, stage.at(`blobs/${i}`));
			symlinkSync(stage.at(`blobs/${i}`), path);
		}
		const model = await stage.take(parts[0] ?? '');
		expect([model.files.map(({ path }) => path), model.fileState]).toEqual([parts, 'present']);
		expect(await failureOf(stage.take(parts[1] ?? ''))).toMatchObject({ code: 'MODEL_EXISTS' });
		await stage.library.remove([model.id], true);
		const linked = await stage.take(parts[0] ?? '', 'hardLink');
		expect(linked.files.map(({ path }) => lstatSync(path).isFile())).toEqual([true, true]);
	});

	test('that lacks a part is refused, and the missing ones are named', async () => {
		const [first = '', second = '', third = ''] = await writeSplitTestModel(stage.at('own'), 'split', 3);
		rmSync(second);
		const missing = { code: 'SPLIT_INCOMPLETE', data: { fileName: first.split('/').at(-1), missing: [second.split('/').at(-1)] } };
		expect(await failureOf(stage.take(third))).toEqual(missing);
		expect((await stage.library.importPath('ann', stage.at('own'), 'inPlace')).refused).toMatchObject([{ failure: missing }]);
		writeFileSync(stage.at('own/renamed.gguf'), readFileSync(first));
		expect(await failureOf(stage.take(stage.at('own/renamed.gguf')))).toMatchObject({ code: 'SPLIT_INCOMPLETE', data: { fileName: 'renamed.gguf' } });
	});
});

describe('a hard link', () => {
	test('shares its bytes: deleting it frees nothing while its twin lives, and all of them after that', async () => {
		const file = writeTiny(stage.at('own/one.gguf'));
		const model = await stage.take(file, 'hardLink');
		expect(model).toMatchObject({ owned: true, linked: true, path: stage.at('models/one.gguf') });
		expect(statSync(file).ino).toBe(statSync(model.path).ino);
		expect(await stage.library.disk()).toMatchObject({ storedBytes: 0, sharedBytes: model.sizeBytes });
		expect(await stage.library.remove([model.id], true)).toEqual({ freedBytes: 0, removed: 1, refused: [] });
		expect([existsSync(file), modelsFolder()]).toEqual([true, []]);

		const again = await stage.take(file, 'hardLink');
		rmSync(file);
		expect(await stage.library.disk()).toMatchObject({ storedBytes: model.sizeBytes, sharedBytes: 0 });
		expect(await stage.library.remove([again.id], true)).toMatchObject({ freedBytes: model.sizeBytes });
	});
});

describe('a copy', () => {
	test('is made by a job, is summed up, and is a model of its own', async () => {
		const file = writeTiny(stage.at('own/one.gguf'), 'One', 3_000_000);
		const { models, job } = await stage.library.importPath('ann', file, 'copy');
		expect([models, job]).toMatchObject([[], { kind: 'copy', title: 'one.gguf', itemsTotal: 1 }]);
		expect(await stage.reached(job?.id ?? '')).toMatchObject({ state: 'completed', itemsDone: 1 });
		const [model] = stage.library.list();
		const { sha256, blockSums } = await sums(file);
		expect(model).toMatchObject({ name: 'One', owned: true, linked: false, path: stage.at('models/one.gguf'), files: [{ sha256 }] });
		expect(stage.library.filesOf(model?.id ?? '')).toMatchObject([{ sha256, blockSums, published: false, badBlocks: [] }]);
		expect(modelsFolder()).toEqual(['one.gguf']);
		expect(await stage.library.remove([model?.id ?? ''], true)).toMatchObject({ freedBytes: statSync(file).size });
	});

	test('of bytes that the library has already fails its item and leaves nothing behind', async () => {
		const first = await stage.library.importPath('ann', writeTiny(stage.at('own/one.gguf')), 'copy');
		await stage.reached(first.job?.id ?? '');
		const second = await stage.library.importPath('ann', writeTiny(stage.at('own/two.gguf')), 'copy');
		expect(await stage.reached(second.job?.id ?? '')).toMatchObject({ itemsFailed: 1 });
		expect(stage.jobs.failedItems('ann', second.job?.id ?? '')).toMatchObject([{ subjectId: '0', name: 'two.gguf', failure: { code: 'MODEL_EXISTS' } }]);
		expect(modelsFolder()).toEqual(['one.gguf']);
	});

	test('D4 pauses with the reason when the disk that is written to goes away, and goes on when it is back', async () => {
		const file = writeTiny(stage.at('own/one.gguf'), 'One', 3_000_000);
		const { job } = await stage.library.importPath('ann', file, 'copy');
		rmSync(stage.at('models'), { recursive: true });
		expect(await stage.reached(job?.id ?? '')).toMatchObject({ state: 'paused', failure: { code: 'DISK_FAILED', data: { reason: 'gone' } } });
		mkdirSync(stage.at('models'));
		stage.jobs.resume('ann', job?.id ?? '');
		expect(await stage.reached(job?.id ?? '')).toMatchObject({ state: 'completed', itemsDone: 1, failure: null });
		expect(stage.library.list()).toMatchObject([{ name: 'One', fileState: 'present' }]);
	});

	test('that an earlier run left unfinished is cleared away at the start, and nothing else', async () => {
		await stage.take(writeTiny(stage.at('own/one.gguf')), 'hardLink');
		writeTiny(stage.at('models/0-0-0.part'));
		stage.library.recover();
		expect(modelsFolder()).toEqual(['one.gguf']);
	});

	test.runIf(process.platform === 'linux')('D4 pauses when the disk is full on the way, keeps nothing half, and goes on', async () => {
		const { job } = await stage.library.importPath('ann', writeTiny(stage.at('own/one.gguf')), 'copy');
		// What is written to this device finds it full; the job has not come so far yet.
		symlinkSync('/dev/full', stage.at(`models/${job?.id}-0-0.part`));
		expect(await stage.reached(job?.id ?? '')).toMatchObject({ state: 'paused', failure: { code: 'DISK_FULL' } });
		expect(modelsFolder()).toEqual([]);
		stage.jobs.resume('ann', job?.id ?? '');
		expect(await stage.reached(job?.id ?? '')).toMatchObject({ state: 'completed', failure: null });
	});

	test('whose source went away fails for that one alone', async () => {
		writeTiny(stage.at('own/one.gguf'), 'One');
		writeTiny(stage.at('own/two.gguf'), 'Two');
		const { job } = await stage.library.importPath('ann', stage.at('own'), 'copy');
		rmSync(stage.at('own/one.gguf'));
		expect(await stage.reached(job?.id ?? '')).toMatchObject({ itemsDone: 1, itemsFailed: 1 });
		expect(stage.failuresOf(job?.id ?? '')).toEqual(['FILE_NOT_FOUND', '']);
		expect(modelsFolder()).toEqual(['two.gguf']);
	});
});

describe('D6 an archive is refused before anything is written', () => {
	const tar = (...more: string[]) => execFileSync('tar', [...more, '-c', '-C', stage.at('own'), '.']);
	const archives: [string, () => Buffer][] = [
		[
			'of 10,000 entries (zip)',
			() => Buffer.concat(Array.from({ length: 10_000 }, () => Buffer.from('504b03040a00000000000000000000000000000000000000000000000000', 'hex'))),
		],
		['that is empty (zip)', () => Buffer.from('504b0506000000000000000000000000000000000000', 'hex')],
		['of a gigabyte from a megabyte (gzip)', () => gzipSync(Buffer.alloc(64 * 2 ** 20))],
		[
			'with links and a way up (tar)',
			() => {
				symlinkSync('/etc/passwd', stage.at('own/link'));
				linkSync(writeTiny(stage.at('own/inner.gguf')), stage.at('own/twin.gguf'));
				return tar('--transform', 's,inner,../../inner,', '-P');
			},
		],
		['of 7z', () => Buffer.from('377abcaf271c0004', 'hex')],
		['of RAR', () => Buffer.from('526172211a070100', 'hex')],
		['of xz', () => Buffer.from('fd377a585a000004', 'hex')],
		['of Zstandard', () => Buffer.from('28b52ffd04580000', 'hex')],
		['of bzip2', () => Buffer.from('425a6839314159265359', 'hex')],
	];
	test.each(archives)('%s', async (_, make) => {
		const bytes = make();
		const before = readdirSync(stage.folder, { recursive: true }).length;
		writeFileSync(stage.at('model.gguf'), bytes);
		writeFileSync(stage.at('uploads/0b7d1a38-5f0c-4b5e-9a55-0a2f6f1f7c11'), bytes);
		const refusal = { code: 'FILE_NOT_ALLOWED', data: { reason: 'archive' } };
		for (const mode of ['inPlace', 'hardLink', 'copy'] as const)
			expect(await failureOf(stage.library.importPath('ann', stage.at('model.gguf'), mode))).toEqual(refusal);
		expect(await failureOf(stage.library.importUpload('0b7d1a38-5f0c-4b5e-9a55-0a2f6f1f7c11', 'model.gguf'))).toEqual(refusal);
		expect(await failureOf(stage.library.importFrom('ann', stage.at('model.gguf')))).toEqual(refusal);
		expect([stage.library.list(), modelsFolder(), readdirSync(stage.folder, { recursive: true }).length]).toEqual([[], [], before + 1]);
	});

	test.each(['zip', 'tar', 'tar.gz', 'tgz', 'gz', '7z', 'rar', 'tar.xz', 'zst', 'bz2'])('by its name: .%s', async (extension) => {
		const file = writeTiny(stage.at(`own/model.${extension}`));
		expect(await failureOf(stage.take(file))).toEqual({ code: 'FILE_NOT_ALLOWED', data: { reason: 'archive' } });
	});
});

describe('what was downloaded', () => {
	const origin = { source: 'huggingface', repo: 'ann/tiny', revision: 'a'.repeat(40), paths: ['tiny.gguf'] } as const;
	const download = async (name: string, title?: string) => {
		const partFile = writeTiny(stage.at(`downloads/${name}.part`), title);
		const { sha256, blockSums } = await sums(partFile);
		return {
			files: [{ partFile, fileName: 'tiny.gguf', sha256, blockSums }],
			origin: { ...origin, paths: [...origin.paths] },
			license: 'mit',
			defaults: { topK: 5 },
		};
	};

	test('moves into the models folder with all that is known of it', async () => {
		const task = await download('a');
		const model = await stage.library.addDownloaded(task);
		const [{ sha256, blockSums }] = task.files as [(typeof task.files)[0]];
		expect(model).toMatchObject({ origin, license: 'mit', defaults: { topK: 5 }, owned: true, check: { result: 'good', badBytes: 0 }, files: [{ sha256 }] });
		expect(stage.library.filesOf(model.id)).toMatchObject([{ sha256, blockSums, published: true }]);
		expect(stage.library.findBySha256([sha256])).toEqual(model);
		expect([modelsFolder(), readdirSync(stage.at('downloads'))]).toEqual([['tiny.gguf'], []]);
		expect(await failureOf(stage.library.addDownloaded(await download('b')))).toEqual({ code: 'MODEL_EXISTS', data: { modelId: model.id, name: 'Tiny' } });
		expect(readdirSync(stage.at('downloads'))).toEqual(['b.part']);
	});

	test('takes the place of a model whose file is damaged or gone', async () => {
		const model = await stage.library.addDownloaded(await download('a'));
		appendFileSync(model.path, 'more');
		expect(stage.library.get(model.id).fileState).toBe('changed');
		const again = await stage.library.addDownloaded(await download('b'));
		expect([again.id, again.fileState, stage.library.list().length]).toEqual([model.id, 'present', 1]);
		expect(modelsFolder()).toEqual([again.fileName]);
	});

	test('keeps its source when a copy of the same bytes takes the place of a damaged file', async () => {
		const model = await stage.library.addDownloaded(await download('a'));
		appendFileSync(model.path, 'more');
		const { job } = await stage.library.importPath('ann', writeTiny(stage.at('own/copy.gguf')), 'copy');
		expect((await stage.reached(job?.id ?? '')).state).toBe('completed');
		expect(stage.library.get(model.id)).toMatchObject({ fileState: 'present', origin });
		expect(stage.library.filesOf(model.id)).toMatchObject([{ published: true }]);
	});

	test('can be taken in again after a kill between its link and its place on the list, and is there once', async () => {
		const task = await download('a');
		linkSync(task.files[0]?.partFile ?? '', stage.at('models/tiny.gguf'));
		const model = await stage.library.addDownloaded(task);
		expect([model.fileName, modelsFolder(), readdirSync(stage.at('downloads'))]).toEqual(['tiny.gguf', ['tiny.gguf'], []]);
		expect(statSync(model.path).nlink).toBe(1);
	});

	test('that is no usable model stays where it was', async () => {
		const task = await download('a');
		writeFileSync(task.files[0]?.partFile ?? '', tinyModel().subarray(0, 3000));
		expect(await failureOf(stage.library.addDownloaded(task))).toMatchObject({ code: 'MODEL_FILE_INVALID', data: { fileName: 'tiny.gguf' } });
		expect([modelsFolder(), readdirSync(stage.at('downloads')), stage.library.list()]).toEqual([[], ['a.part'], []]);
	});

	test('D3 a hostile name stays within the models folder', async () => {
		const names = ['../../evil.gguf', '/etc/evil.gguf', 'C:\\evil.gguf', 'con.gguf', 'a/../../b.gguf', '\u202egguf.exe', `${'模'.repeat(300)}.gguf`, '.', '\0'];
		for (const [i, fileName] of names.entries()) {
			const task = await download(String(i), `Model ${i}`);
			const model = await stage.library.addDownloaded({ ...task, files: task.files.map((file) => ({ ...file, fileName })) });
			expect(model.path).toBe(join(stage.at('models'), model.fileName));
		}
		expect(modelsFolder()).toHaveLength(names.length);
		expect(readdirSync(stage.folder).sort()).toEqual(['downloads', 'home', 'homeroom.db', 'homeroom.db-shm', 'homeroom.db-wal', 'models', 'own', 'uploads']);
	});
});

test('what another program keeps is listed, taken where it lies, and then known', async () => {
	mkdirSync(stage.at('home/.lmstudio/models/ann/tiny'), { recursive: true });
	const file = writeTiny(stage.at('home/.lmstudio/models/ann/tiny/tiny.gguf'));
	const [found] = await stage.library.stores();
	expect(found).toMatchObject({ program: 'lmstudio', kind: 'model', sizeBytes: statSync(file).size, modelId: null });
	const { models, refused } = await stage.library.importStored([found?.id ?? '', 'nobody']);
	expect(models).toMatchObject([{ path: file, owned: false, origin: { source: 'store', program: 'lmstudio' }, name: found?.name }]);
	expect(refused).toMatchObject([{ name: 'nobody', failure: { code: 'FILE_NOT_FOUND' } }]);
	expect(await stage.library.stores()).toEqual([{ ...found, modelId: models[0]?.id }]);
	expect(await stage.library.disk()).toMatchObject({ storedBytes: 0, sharedBytes: statSync(file).size });
});
