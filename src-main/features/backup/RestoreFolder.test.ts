import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RestoreFolder } from './RestoreFolder.ts';

// Each change of the disk that is cut short is a process of its own.
vi.setConfig({ testTimeout: 240_000 });

const child = fileURLToPath(new URL('swapKilled.test-support.ts', import.meta.url));
const old = { 'homeroom.db': 'old', 'homeroom.db-wal': 'old log', 'finetune/adapters/a.gguf': 'old', 'conversions/1/x': 'old', 'models/m.gguf': 'old' };
const fresh = { 'homeroom.db': 'new', 'finetune/adapters/b.gguf': 'new', 'models/n.gguf': 'new', 'models/m.gguf': 'newer' };
const note = { backedUpAt: 1, from: '/a.zip', withModels: true };
const folders: string[] = [];
let data: string;
beforeEach(() => {
	data = makeData();
});
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function write(folder: string, files: Record<string, string>): void {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
}

/** A data folder with the old data, and the new unpacked beside it. */
function makeData(): string {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-restore-'));
	folders.push(folder);
	write(folder, { ...old, 'secrets.key': 'kept' });
	const stage = new RestoreFolder(folder).emptyStage();
	for (const part of ['finetune', 'conversions', 'models']) mkdirSync(join(stage, part));
	write(stage, fresh);
	return folder;
}

/** What is there of the data, without the restore folder. */
function contentOf(folder: string): Record<string, string> {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const found = files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
	return Object.fromEntries(found.filter((path) => !/^(restore|secrets)/.test(path)).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** As a start does before anything is opened (paths.ts). */
function makeFolders(folder: string): void {
	for (const part of ['finetune', 'conversions', 'models']) mkdirSync(join(folder, part), { recursive: true });
}

function killAt(folder: string, number: number, act: 'swap' | 'ready'): boolean {
	const { signal, stderr } = spawnSync(process.execPath, [child, folder, String(number), act], { encoding: 'utf8' });
	expect(stderr).toBe('');
	return signal === 'SIGKILL';
}

test('swaps everything at a start, keeps what was replaced, and swaps it back again', () => {
	const restore = new RestoreFolder(data);
	expect(restore.swap()).toBe(null);
	const stage = restore.emptyStage();
	mkdirSync(join(stage, 'finetune'));
	write(stage, fresh);
	restore.markReady(note);
	expect([restore.waiting, restore.applied]).toEqual([{ ...note, act: 'restore' }, null]);
	expect(restore.swap()).toEqual({ ...note, act: 'restore' });
	expect(contentOf(data)).toEqual(fresh);
	expect([restore.waiting, restore.applied]).toEqual([null, { ...note, act: 'restore', keptIn: 'before', at: expect.any(Number) }]);
	expect(restore.replacedBytes()).toBe(Object.values(old).join('').length);
	restore.markBack();
	expect(restore.swap()).toMatchObject({ act: 'back' });
	expect(contentOf(data)).toEqual(old);
	restore.markBack();
	expect(restore.swap()).toMatchObject({ act: 'restore' });
	expect(contentOf(data)).toEqual(fresh);
	restore.dropReplaced();
	expect([restore.applied, restore.replacedBytes(), readdirSync(join(data, 'restore'))]).toEqual([null, 0, []]);
});

test('models that were not backed up stay', () => {
	const restore = new RestoreFolder(data);
	const stage = restore.emptyStage();
	write(stage, { 'homeroom.db': 'new' });
	restore.markReady({ ...note, withModels: false });
	restore.swap();
	expect(contentOf(data)).toEqual({ 'homeroom.db': 'new', 'models/m.gguf': 'old' });
});

test('what was unpacked and never marked is deleted at the next start, and changes nothing', () => {
	const restore = new RestoreFolder(data);
	expect(restore.swap()).toBe(null);
	expect([contentOf(data), existsSync(join(data, 'restore', 'staged'))]).toEqual([old, false]);
});

test('a kill before any change of the disk while a restore is marked leaves all of it undone or done', () => {
	const seen = new Set<string>();
	for (let number = 1; ; number++) {
		const folder = makeData();
		const wasKilled = killAt(folder, number, 'ready');
		new RestoreFolder(folder).swap();
		const content = contentOf(folder);
		expect([old, fresh]).toContainEqual(content);
		seen.add(content['homeroom.db'] ?? '');
		if (!wasKilled) break;
	}
	expect([...seen]).toEqual(['old', 'new']);
});

test('a kill before any change of the disk during a swap is finished by the next start: all new, and all old kept', () => {
	for (let number = 1; ; number++) {
		const folder = makeData();
		new RestoreFolder(folder).markReady(note);
		makeFolders(folder);
		const wasKilled = killAt(folder, number, 'swap');
		makeFolders(folder);
		const restore = new RestoreFolder(folder);
		restore.swap();
		expect([number, contentOf(folder), restore.replacedBytes()]).toEqual([number, fresh, Object.values(old).join('').length]);
		if (!wasKilled) {
			expect(number).toBeGreaterThan(15);
			break;
		}
	}
});
