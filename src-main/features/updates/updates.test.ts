import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import { copyDatabase } from '../../platform/database/snapshotDatabase.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import type { Updater } from '../../platform/update/openUpdater.ts';
import { Updates } from './updates.ts';

let folder: string;
let database: ReturnType<typeof temporaryDatabase>;
let done: string[];
/** What ends the program does last. */
let lastAct: (() => void | Promise<void>) | null;
let updates: Updates[];
/** Electron’s part, which is not here; what asks the server is tested in platform/update. */
let updater: Updater;

beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-updates-'));
	database = temporaryDatabase();
	done = [];
	lastAct = null;
	updates = [];
	const file = path.join(folder, 'new.AppImage');
	writeFileSync(file, 'the new program');
	updater = {
		host: 'updates.example',
		program: null,
		look: async () => ({ version: '0.2.0', sizeBytes: 15 }),
		fetch: async (onProgress) => {
			onProgress(0.5);
			return file;
		},
		install: () => done.push('installed'),
	};
});
afterEach(() => {
	for (const one of updates) one.close();
	database.remove();
	rmSync(folder, { recursive: true, force: true });
});

function open(more: Partial<ConstructorParameters<typeof Updates>[0]> = {}): Updates {
	const opened = new Updates({
		...{ updater, version: '0.1.0', folder: path.join(folder, 'updates'), database: path.join(folder, 'homeroom.db'), isAgreed: () => false },
		stopWork: async () => void done.push('stopped'),
		copyDatabase: (to) => {
			done.push('copied');
			copyDatabase(database.db.$client, to);
		},
		leave: (act) => {
			lastAct = act;
		},
		log: { info: () => {}, warn: () => {} },
		...more,
	});
	updates.push(opened);
	return opened;
}

async function standing(of: Updates) {
	for await (const told of of.watch()) return told;
	throw new Error('nothing was told');
}

test('nothing is asked before somebody agrees, and then it is looked by itself', async () => {
	let looks = 0;
	updater.look = async () => {
		looks++;
		return null;
	};
	const wait = () => new Promise((resolve) => setTimeout(resolve, 30));
	const shy = open({ firstLookMs: 1 });
	await wait();
	expect([looks, (await standing(shy)).state]).toEqual([0, { kind: 'idle' }]);
	const eager = open({ firstLookMs: 1, isAgreed: () => true });
	await wait();
	expect([looks, (await standing(eager)).state]).toEqual([1, { kind: 'newest' }]);
});

test('an update is found, fetched, and installed once the data is copied and the work stopped', async () => {
	const it = open();
	await it.look();
	expect((await standing(it)).state).toEqual({ kind: 'found', version: '0.2.0', sizeBytes: 15 });
	await it.download();
	expect((await standing(it)).state).toEqual({ kind: 'ready', version: '0.2.0' });
	await it.install();
	expect([done, (await standing(it)).state]).toEqual([['copied', 'stopped', 'copied'], { kind: 'leaving' }]);
	await lastAct?.();
	expect(done.at(-1)).toBe('installed');
	const copy = path.join(folder, 'updates', 'homeroom-0.1.0.db');
	expect(readFileSync(copy).subarray(0, 15).toString()).toBe('SQLite format 3');

	const after = open({ version: '0.2.0' });
	expect((await standing(after)).back).toEqual({ version: '0.1.0', at: expect.any(Number), hasProgram: false });
	writeFileSync(path.join(folder, 'homeroom.db'), 'what was made since');
	let program: string | null = 'unasked';
	after.goBack((kept) => {
		program = kept;
	});
	await lastAct?.();
	expect(program).toBe(null);
	expect(readFileSync(path.join(folder, 'homeroom.db'))).toEqual(readFileSync(copy));
	expect(() => after.goBack(() => {})).toThrow(expect.objectContaining({ code: 'NOT_HERE' }));
});

test('a disk that is full stops nothing', async () => {
	const it = open({
		copyDatabase: () => {
			throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
		},
	});
	await it.look();
	await it.download();
	await expect(it.install()).rejects.toMatchObject({ code: 'DISK_FULL' });
	expect([done, lastAct, (await standing(it)).state, existsSync(path.join(folder, 'updates', 'update.json'))]).toEqual([
		[],
		null,
		{ kind: 'ready', version: '0.2.0' },
		false,
	]);
});

test('what fails is told, and can be tried again; what is stopped stays stopped', async () => {
	const found = updater.look;
	updater.look = async () => {
		throw failure('OFFLINE', {});
	};
	const it = open();
	await it.look();
	expect((await standing(it)).state).toEqual({ kind: 'failed', failure: { code: 'OFFLINE', message: expect.any(String), data: {} } });
	updater.look = found;
	await it.look();
	let release = (_file: string) => {};
	updater.fetch = () =>
		new Promise((resolve) => {
			release = resolve;
		});
	const fetching = it.download();
	expect((await standing(it)).state).toEqual({ kind: 'fetching', version: '0.2.0', fraction: 0 });
	it.stop();
	release('late');
	await fetching;
	expect((await standing(it)).state).toEqual({ kind: 'found', version: '0.2.0', sizeBytes: 15 });
});

test('a program that cannot replace itself says so', async () => {
	const it = open({ updater: null });
	expect(await standing(it)).toEqual({ server: null, version: '0.1.0', state: { kind: 'idle' }, back: null });
	expect(() => it.look()).toThrow(expect.objectContaining({ code: 'NOT_HERE' }));
	await expect(it.install()).rejects.toMatchObject({ code: 'NOT_HERE' });
});
