import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { manifestName } from './bundle.ts';
import { sumFile } from './fileSums.ts';
import { writeSplitTestModel } from './gguf/writeSplitTestModel.test-support.ts';
import { failureOf, type LibraryStage, openLibraryStage, writeTiny } from './openLibraryStage.test-support.ts';

let school: LibraryStage;
let home: LibraryStage;
let stick = '';
beforeEach(async () => {
	[school, home] = [await openLibraryStage(), await openLibraryStage()];
	stick = school.at('stick');
	mkdirSync(stick);
});
afterEach(async () => {
	await school.close();
	await home.close();
});

const origin = { source: 'huggingface' as const, repo: 'ann/tiny', revision: 'a'.repeat(40), paths: ['tiny.gguf'] };

/** A downloaded model with tags and defaults, one of the user's own, and a split one. */
async function fillLibrary(): Promise<string[]> {
	const partFile = writeTiny(school.at('downloads/a.part'), 'Downloaded', 700_000);
	const { sha256, blockSums } = await sumFile(partFile, { workerFile: join(import.meta.dirname, 'sumWorker.ts') });
	const files = [{ partFile, fileName: 'down.gguf', sha256, blockSums }];
	const downloaded = await school.library.addDownloaded({ files, origin, license: 'mit', tags: ['class 7'], defaults: { topK: 5 } });
	const own = await school.take(writeTiny(school.at('own/own.gguf'), 'Own'));
	const [first = ''] = await writeSplitTestModel(school.at('own'), 'split', 2);
	const split = await school.take(first);
	return [downloaded.id, own.id, split.id];
}

async function exportTo(modelIds: string[]) {
	const { id } = await school.library.exportTo('ann', modelIds, stick);
	return { ...(await school.reached(id)), failures: school.failuresOf(id) };
}

async function importFrom(folder = stick) {
	const { id } = await home.library.importFrom('ann', folder);
	const ended = await home.reached(id);
	return { ...ended, failures: home.failuresOf(id), names: home.jobs.failedItems('ann', id).map(({ name }) => name) };
}

const manifest = () => JSON.parse(readFileSync(join(stick, manifestName), 'utf8'));
const writeManifest = (change: (models: { files: Record<string, unknown>[] }[]) => void) => {
	const written = manifest();
	change(written.models);
	writeFileSync(join(stick, manifestName), JSON.stringify(written));
};

test('models go to a folder and come in elsewhere as they were, without the internet', async () => {
	const ids = await fillLibrary();
	expect(await exportTo(ids)).toMatchObject({ kind: 'export', state: 'completed', detail: stick, itemsDone: 3, failures: ['', '', ''] });
	const written = readdirSync(stick).sort();
	expect(written).toEqual(['down.gguf', manifestName, 'own.gguf', 'split-00001-of-00002.gguf', 'split-00002-of-00002.gguf'].sort());

	expect(await importFrom()).toMatchObject({ kind: 'takeIn', state: 'completed', itemsDone: 3, failures: ['', '', ''] });
	const known = ids.map((id) => school.library.get(id));
	const there = home.library.list();
	expect(there).toHaveLength(3);
	for (const { name, origin, license, tags, defaults, kind, parameters, sizeBytes, files } of known) {
		const same = there.find((model) => model.name === name);
		const about = { origin, license, tags, defaults, kind, parameters, sizeBytes };
		expect(same).toMatchObject({ ...about, owned: true, fileState: 'present', files: files.map(({ sha256 }) => ({ sha256 })) });
	}
	expect(there.find(({ name }) => name === 'Downloaded')?.check).toMatchObject({ result: 'good' });
});

test('the same folder twice adds nothing, on either side', async () => {
	const ids = await fillLibrary();
	await exportTo(ids);
	const written = readFileSync(join(stick, manifestName), 'utf8');
	const names = readdirSync(stick);
	expect(await exportTo(ids)).toMatchObject({ itemsDone: 3 });
	expect([readdirSync(stick), readFileSync(join(stick, manifestName), 'utf8')]).toEqual([names, written]);
	await importFrom();
	const stored = readdirSync(home.at('models'));
	expect(await importFrom()).toMatchObject({ state: 'completed', itemsDone: 3 });
	expect([home.library.list().length, readdirSync(home.at('models'))]).toEqual([3, stored]);
});

test('an export adds to what the folder has, and leaves what is not its own alone', async () => {
	const [downloaded = '', own = ''] = await fillLibrary();
	writeFileSync(join(stick, 'own.gguf'), 'somebody else’s');
	await exportTo([downloaded]);
	await exportTo([own]);
	expect(manifest().models.map((model: { files: { name: string }[] }) => model.files.map(({ name }) => name))).toEqual([['down.gguf'], ['own-2.gguf']]);
	expect(readFileSync(join(stick, 'own.gguf'), 'utf8')).toBe('somebody else’s');
});

test('a file whose bytes are not those of its checksum is not taken in, and the others are', async () => {
	await exportTo(await fillLibrary());
	const bytes = readFileSync(join(stick, 'down.gguf'));
	bytes[bytes.length - 1] = 0;
	writeFileSync(join(stick, 'down.gguf'), bytes);
	const { state, failures, names } = await importFrom();
	expect([state, failures, names]).toEqual(['completed', ['CHECKSUM_MISMATCH', '', ''], ['Downloaded']]);
	expect(home.library.list().map(({ name }) => name)).not.toContain('Downloaded');
	expect(readdirSync(home.at('models'))).toHaveLength(3);
});

test('a file that is missing in the folder, or a link, fails for its model alone', async () => {
	const secret = writeTiny(school.at('secret.gguf'));
	await exportTo(await fillLibrary());
	rmSync(join(stick, 'down.gguf'));
	rmSync(join(stick, 'own.gguf'));
	symlinkSync(secret, join(stick, 'own.gguf'));
	expect((await importFrom()).failures).toEqual(['FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', '']);
});

test('a model that is damaged or gone is not exported as good', async () => {
	const [downloaded = '', own = ''] = await fillLibrary();
	rmSync(school.library.get(own).path);
	writeTiny(school.library.get(downloaded).path, 'Another');
	expect((await exportTo([downloaded, own])).failures).toEqual(['CHECKSUM_MISMATCH', 'MODEL_MISSING']);
	expect(readdirSync(stick)).toEqual([]);
});

test('D4 an export whose folder goes away waits for it, and goes on', async () => {
	const [downloaded = ''] = await fillLibrary();
	const { id } = await school.library.exportTo('ann', [downloaded], stick);
	rmSync(stick, { recursive: true });
	expect(await school.reached(id)).toMatchObject({ state: 'paused', failure: { code: 'DISK_FAILED', data: { reason: 'gone' } } });
	mkdirSync(stick);
	school.jobs.resume('ann', id);
	expect(await school.reached(id)).toMatchObject({ state: 'completed', failure: null });
	expect(readdirSync(stick).sort()).toEqual(['down.gguf', manifestName]);
});

test('D4 an import whose folder goes away waits for it', async () => {
	await exportTo(await fillLibrary());
	const { id } = await home.library.importFrom('ann', stick);
	rmSync(stick, { recursive: true });
	expect(await home.reached(id)).toMatchObject({ state: 'paused', failure: { code: 'DISK_FAILED', data: { reason: 'gone' } } });
	expect(readdirSync(home.at('models'))).toEqual([]);
});

test('D3 a list that names anything but files of its folder is refused whole', async () => {
	const digest = 'a'.repeat(64);
	const hostile: [string, object][] = [
		['a way up', { name: '../own.gguf' }],
		['an absolute path', { name: '/etc/passwd.gguf' }],
		['a folder', { name: 'sub/own.gguf' }],
		['a path of Windows', { name: 'a\\C:\\own.gguf' }],
		['a network path', { name: '\\\\host\\own.gguf' }],
		['a stream of Windows', { name: 'own.gguf:x.gguf' }],
		['a NUL', { name: 'own\0.gguf' }],
		['a device', { name: 'CON.gguf' }],
		['a trailing dot', { name: 'own.gguf.' }],
		['a hidden file', { name: '.own.gguf' }],
		['300 letters', { name: `${'a'.repeat(300)}.gguf` }],
		['a text that turns around', { name: 'own\u202effugg.gguf' }],
		['no name', { name: '' }],
		['another kind of file', { name: 'own.exe' }],
		['a name twice in other case', { name: 'DOWN.gguf' }],
		['a digest with a path', { sha256: `../../${digest}`.slice(0, 64) }],
		['a digest in upper case', { sha256: digest.toUpperCase() }],
		['a digest that is too short', { sha256: digest.slice(1) }],
		['a size below nothing', { sizeBytes: -1 }],
		['a word of its own', { script: 'x' }],
	];
	const [downloaded = '', own = ''] = await fillLibrary();
	await exportTo([downloaded, own]);
	const written = readFileSync(join(stick, manifestName));
	for (const [what, change] of hostile) {
		writeFileSync(join(stick, manifestName), written);
		writeManifest((models) => Object.assign(models[1]?.files[0] ?? {}, change));
		expect([what, await failureOf(home.library.importFrom('ann', stick))]).toEqual([what, { code: 'BUNDLE_INVALID', data: { reason: 'badManifest' } }]);
		expect([home.library.list(), readdirSync(home.at('models'))]).toEqual([[], []]);
	}
});

test('a folder without a list, a list that is none, and a later form of it are refused', async () => {
	expect(await failureOf(home.library.importFrom('ann', stick))).toEqual({ code: 'BUNDLE_INVALID', data: { reason: 'noManifest' } });
	for (const text of ['', '{', '[]', '{"homeroomModels":2,"models":[]}', `[${'1,'.repeat(9_000_000)}1]`]) {
		writeFileSync(join(stick, manifestName), text);
		expect(await failureOf(home.library.importFrom('ann', stick))).toEqual({ code: 'BUNDLE_INVALID', data: { reason: 'badManifest' } });
	}
	expect(await failureOf(home.library.importFrom('ann', join(stick, 'nobody')))).toMatchObject({ code: 'FILE_NOT_FOUND' });
	expect(await failureOf(home.library.importFrom('ann', join(stick, manifestName)))).toEqual({ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAFolder' } });
});
