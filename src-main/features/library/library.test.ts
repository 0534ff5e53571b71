import { createHash, randomUUID } from 'node:crypto';
import {
	existsSync,
	linkSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { encodeDraft, tinyDraft } from './gguf/malformed.test-support.ts';
import { Library } from './library.ts';
import { writeTestModel } from './testModel.ts';

const log = pino({ level: 'silent' });
const root = realpathSync(mkdtempSync(join(tmpdir(), 'homeroom-library-')));
afterAll(() => rmSync(root, { recursive: true }));

let folder = '';
let database: ReturnType<typeof openDatabase>;
let library: Library;
const inUse = new Set<string>();

beforeEach(() => {
	folder = join(root, randomUUID());
	for (const name of ['models', 'uploads', 'own']) mkdirSync(join(folder, name), { recursive: true });
	database = openDatabase({ file: join(folder, 'homeroom.db'), migrationsFolder: join(import.meta.dirname, '../../../resources/migrations'), log });
	library = new Library({
		db: database.db,
		jobs: new JobRunner({ db: database.db, log }),
		modelsFolder: join(folder, 'models'),
		uploadsFolder: join(folder, 'uploads'),
		downloadsFolder: join(folder, 'downloads'),
		inspectWorker: join(import.meta.dirname, 'inspectWorker.ts'),
		sumWorker: join(import.meta.dirname, 'sumWorker.ts'),
		demoFile: join(folder, 'own', 'homeroom-demo.gguf'),
		log,
		isInUse: (modelId) => inUse.has(modelId),
		lookEveryMs: 5,
	});
	inUse.clear();
});
afterEach(() => database.close());

async function take(path: string): Promise<Model> {
	const { models } = await library.importPath('ann', path, 'inPlace');
	if (!models[0]) throw new Error('the model was not taken in');
	return models[0];
}

function storeTiny(name: string, title?: string): string {
	const draft = tinyDraft();
	if (title !== undefined) draft.metadata['general.name'] = { type: 'string', value: title };
	const file = join(folder, name);
	writeFileSync(file, encodeDraft(draft));
	return file;
}

async function failureOf(work: Promise<unknown>): Promise<{ code: string; data: unknown }> {
	const error = await work.then(
		() => new Error('it succeeded'),
		(reason) => reason,
	);
	if (!isFailure(error)) throw error;
	return { code: error.code, data: error.data };
}

describe('a file of the user', () => {
	test('is listed with what its header says, and stays where it is', async () => {
		const file = storeTiny('own/tiny.gguf');
		const model = await take(file);
		expect(model).toEqual({
			id: expect.any(String),
			name: 'Tiny',
			fileName: 'tiny.gguf',
			path: file,
			kind: 'model',
			files: [{ fileName: 'tiny.gguf', path: file, sizeBytes: readFileSync(file).length, sha256: null }],
			sizeBytes: readFileSync(file).length,
			fileState: 'present',
			owned: false,
			linked: false,
			origin: { source: 'local' },
			defaults: null,
			license: null,
			tags: [],
			check: null,
			architecture: 'llama',
			parameters: 17_760,
			quantization: 'F32',
			contextTokens: 512,
			hasChatTemplate: false,
			addedAt: expect.any(Number),
			lastUsedAt: null,
		} satisfies Model);
		expect(library.list()).toEqual([model]);
		expect(library.get(model.id)).toEqual(model);
	});

	test('is taken once, by whatever path it is given', async () => {
		const file = storeTiny('own/tiny.gguf');
		symlinkSync(file, join(folder, 'own/link.gguf'));
		linkSync(file, join(folder, 'own/twin.gguf'));
		const { id } = await take(join(folder, 'own/link.gguf'));
		for (const path of ['own/tiny.gguf', 'own/link.gguf', 'own/twin.gguf', 'own/./tiny.gguf']) {
			expect(await failureOf(take(join(folder, path)))).toEqual({ code: 'MODEL_EXISTS', data: { modelId: id, name: 'Tiny' } });
		}
		expect(library.get(id).path).toBe(file);
	});

	test('is taken once when asked for many times at once', async () => {
		const file = storeTiny('own/tiny.gguf');
		const answers = await Promise.allSettled(Array.from({ length: 8 }, () => take(file)));
		expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect(library.list()).toHaveLength(1);
	});

	test('that is no model is refused with its name and the cause, and not listed', async () => {
		writeFileSync(join(folder, 'own/notes.gguf'), 'not a model, a text that somebody renamed');
		expect(await failureOf(take(join(folder, 'own/notes.gguf')))).toEqual({
			code: 'MODEL_FILE_INVALID',
			data: { fileName: 'notes.gguf', kind: 'notGguf', detail: expect.stringContaining('does not begin with the letters GGUF') },
		});
		expect(library.list()).toEqual([]);
	});

	test('that goes away stays on the list as missing, and comes back', async () => {
		const file = storeTiny('own/tiny.gguf');
		const { id } = await take(file);
		renameSync(file, join(folder, 'own/elsewhere'));
		expect(library.list()).toMatchObject([{ id, fileState: 'missing' }]);
		expect(await failureOf(library.facts(id))).toEqual({ code: 'MODEL_MISSING', data: { name: 'Tiny', fileName: 'tiny.gguf' } });
		renameSync(join(folder, 'own/elsewhere'), file);
		expect(library.get(id).fileState).toBe('present');
		expect(await library.facts(id)).toMatchObject({ blockCount: 1 });
	});

	test('is never deleted', async () => {
		const file = storeTiny('own/tiny.gguf');
		const { id } = await take(file);
		expect(await library.remove([id], true)).toEqual({ freedBytes: 0, removed: 1, refused: [] });
		expect(existsSync(file)).toBe(true);
		expect(library.list()).toEqual([]);
	});
});

describe('a sent file', () => {
	function send(title: string): string {
		const id = randomUUID();
		storeTiny(`uploads/${id}`, title);
		return id;
	}

	test('moves into the models folder under a name made by us', async () => {
		const model = await library.importUpload(send('Sent'), '../../我的 model.GGUF');
		expect(model).toMatchObject({ name: 'Sent', fileName: '我的-model.gguf', path: join(folder, 'models/我的-model.gguf'), fileState: 'present' });
		expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
	});

	test('never replaces another of the same name', async () => {
		const [one, two] = await Promise.all([library.importUpload(send('One'), 'model.gguf'), library.importUpload(send('Two'), 'model.gguf')]);
		// Whichever was looked at first has the name.
		expect([one.fileName, two.fileName].sort()).toEqual(['model-2.gguf', 'model.gguf']);
		expect([(await library.facts(one.id)).name, (await library.facts(two.id)).name]).toEqual(['One', 'Two']);
	});

	test('that is no model is refused by the name its sender gave, and deleted', async () => {
		const id = randomUUID();
		writeFileSync(join(folder, 'uploads', id), 'GGUF, not');
		expect(await failureOf(library.importUpload(id, 'mine.gguf'))).toEqual({
			code: 'MODEL_FILE_INVALID',
			data: { fileName: 'mine.gguf', kind: 'cutOff', detail: 'The file is only 9 bytes long.' },
		});
		expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
	});

	test('that never came is not found, and D3 no id leads out of the folder', async () => {
		storeTiny('own/tiny.gguf');
		for (const id of [randomUUID(), '../own/tiny.gguf', '../../own/tiny.gguf']) {
			expect(await failureOf(library.importUpload(id, 'mine.gguf'))).toEqual({ code: 'FILE_NOT_FOUND', data: { path: 'mine.gguf' } });
		}
	});

	test('is deleted with its model only where that is asked for', async () => {
		const kept = await library.importUpload(send('Kept'), 'kept.gguf');
		const gone = await library.importUpload(send('Gone'), 'gone.gguf');
		expect(await library.remove([kept.id], false)).toMatchObject({ freedBytes: 0, removed: 1 });
		expect(await library.remove([gone.id], true)).toMatchObject({ freedBytes: gone.sizeBytes, removed: 1 });
		expect(readdirSync(join(folder, 'models'))).toEqual(['kept.gguf']);
	});

	test('whose model is loaded stays', async () => {
		const model = await library.importUpload(send('Busy'), 'busy.gguf');
		inUse.add(model.id);
		const { removed, refused } = await library.remove([model.id], true);
		expect([removed, refused]).toEqual([0, [{ name: 'Busy', failure: expect.objectContaining({ code: 'MODEL_IN_USE', data: { name: 'Busy' } }) }]]);
		expect(library.get(model.id).fileState).toBe('present');
	});
});

describe('the demonstration model', () => {
	test('is copied once, and again when its file is gone', async () => {
		await writeTestModel(join(folder, 'own', 'homeroom-demo.gguf'));
		const [first, second] = await Promise.all([library.addDemo(), library.addDemo()]);
		expect(second).toEqual(first);
		expect(first).toMatchObject({
			name: 'Homeroom test model',
			origin: { source: 'demo' },
			path: join(folder, 'models', 'homeroom-demo.gguf'),
			owned: true,
			architecture: 'llama',
			hasChatTemplate: true,
			fileState: 'present',
		});
		rmSync(first.path);
		expect(await library.addDemo()).toEqual(first);
		expect(library.list()).toHaveLength(1);
		expect(readdirSync(join(folder, 'models'))).toEqual(['homeroom-demo.gguf']);
	});
});

describe('the test model', () => {
	test('follows from its seed alone', async () => {
		const hashes = await Promise.all(
			[1, 1, 2].map(async (seed, i) => {
				const file = join(folder, `${i}.gguf`);
				await writeTestModel(file, { seed });
				return createHash('sha256').update(readFileSync(file)).digest('hex');
			}),
		);
		expect(hashes[0]).toBe(hashes[1]);
		expect(hashes[2]).not.toBe(hashes[0]);
	});
});

test('reads a file anew when it has changed, and once when asked many times', async () => {
	const file = storeTiny('own/tiny.gguf');
	const { id } = await take(file);
	const [first, second] = await Promise.all([library.facts(id), library.facts(id)]);
	expect(second).toBe(first);
	truncateSync(file, 5000);
	expect(await failureOf(library.facts(id))).toMatchObject({ code: 'MODEL_FILE_INVALID' });
});

test('answers NOT_FOUND for a model it does not know', async () => {
	expect(await failureOf(library.facts('nobody'))).toEqual({ code: 'NOT_FOUND', data: { what: 'model' } });
	expect(() => library.get('nobody')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('notes which model was used last at once, and that it goes on being used once a minute', async () => {
	const one = await take(storeTiny('own/one.gguf'));
	const other = await take(storeTiny('own/other.gguf'));
	vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] });
	try {
		const noted = [one, one, other, one, one].map(({ id }) => {
			vi.advanceTimersByTime(20_000);
			library.touch(id);
			return library.get(id).lastUsedAt;
		});
		vi.advanceTimersByTime(50_000);
		library.touch(one.id);
		expect([...noted, library.get(one.id).lastUsedAt]).toEqual([1_020_000, 1_020_000, 1_060_000, 1_080_000, 1_080_000, 1_150_000]);
	} finally {
		vi.useRealTimers();
	}
});

test('tells a watcher of files that go, change and come back while it watches', async () => {
	const file = storeTiny('own/tiny.gguf');
	await take(file);
	const away = join(folder, 'away.gguf');
	const stop = new AbortController();
	const seen: string[] = [];
	for await (const [model] of library.watch(stop.signal)) {
		const state = model?.fileState ?? 'none';
		// Between two steps of a move it may be seen twice as it was.
		if (state === seen.at(-1)) continue;
		seen.push(state);
		if (seen.length === 1) renameSync(file, away);
		else if (seen.length === 2) renameSync(away, file);
		else if (seen.length === 3) truncateSync(file, 100);
		else stop.abort();
	}
	expect(seen).toEqual(['present', 'missing', 'present', 'changed']);
});

test('tells a watcher the list now and after each change, until it leaves', async () => {
	const file = storeTiny('own/tiny.gguf');
	const stop = new AbortController();
	const seen: string[][] = [];
	let model: Model | undefined;
	for await (const models of library.watch(stop.signal)) {
		seen.push(models.map(({ name, lastUsedAt }) => `${name} ${lastUsedAt === null ? 'unused' : 'used'}`));
		if (!model) model = await take(file);
		else if (seen.length === 2) library.touch(model.id);
		else if (seen.length === 3) await library.remove([model.id], false);
		else stop.abort();
	}
	expect(seen).toEqual([[], ['Tiny unused'], ['Tiny used'], []]);
});
