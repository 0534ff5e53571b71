import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lockDataFolder } from '../database/lockDataFolder.ts';
import { beginArriving, copyAhead, dropLeft, followMoved, forgetMove, markToMove, moveState } from './MovedData.ts';
import { StartRefusal } from './StartRefusal.ts';

// Each change of the disk that is cut short is a process of its own.
vi.setConfig({ testTimeout: 240_000 });

const child = fileURLToPath(new URL('moveKilled.test-support.ts', import.meta.url));
const files = { 'homeroom.db': 'rows', 'models/m.gguf': 'a model', 'finetune/adapters/a.gguf': 'an adapter', 'secrets.key': 'key', 'downloads/d.bin': 'half' };
const folders: string[] = [];
let data: string;
let to: string;
beforeEach(() => ({ data, to } = makePlaces()));
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function makePlaces(): { data: string; to: string } {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-move-'));
	folders.push(folder);
	const places = { data: join(folder, 'old'), to: join(folder, 'new disk') };
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(places.data, path)), { recursive: true });
		writeFileSync(join(places.data, path), text);
	}
	mkdirSync(places.to);
	return places;
}

function contentOf(folder: string): Record<string, string> {
	const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const paths = found
		.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
		.filter((path) => !/\.json(\.new)?$|^homeroom\.lock/.test(path));
	return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** All that the app does before the next start. */
function prepare(places: { data: string; to: string }): void {
	expect(beginArriving(places.data, places.to)).toBe(true);
	copyAhead(places.data, places.to, () => {});
	markToMove(places.data, places.to);
}

test('copies ahead what does not change, and the next start what has changed since; then everything is at the new place', () => {
	prepare({ data, to });
	expect(contentOf(to)).toEqual({ 'models/m.gguf': files['models/m.gguf'], 'finetune/adapters/a.gguf': files['finetune/adapters/a.gguf'] });
	const { mtimeMs } = statSync(join(data, 'models/m.gguf'));
	writeFileSync(join(data, 'models/late.gguf'), 'came later');
	rmSync(join(data, 'finetune/adapters/a.gguf'));
	expect(moveState(data)).toEqual({ to, failed: null, cameFrom: null });
	expect(followMoved(data)).toBe(to);
	const { 'finetune/adapters/a.gguf': _, ...rest } = files;
	expect(contentOf(to)).toEqual({ ...rest, 'models/late.gguf': 'came later' });
	expect(Math.trunc(statSync(join(to, 'models/m.gguf')).mtimeMs)).toBe(Math.trunc(mtimeMs));
	expect(followMoved(data)).toBe(to);
	expect(moveState(to).cameFrom).toMatchObject({ from: data, keptBytes: expect.any(Number) });
	dropLeft(to);
	expect([readdirSync(data), moveState(to).cameFrom, followMoved(data)]).toEqual([['moved.json'], null, to]);
});

test('a folder at work is not moved, and one whose new place is gone stays with the reason', () => {
	prepare({ data, to });
	const lock = lockDataFolder(data);
	expect(followMoved(data)).toBe(data);
	lock.release();
	rmSync(to, { recursive: true });
	expect(followMoved(data)).toBe(data);
	expect(moveState(data)).toMatchObject({ to: null, failed: expect.stringContaining('is not there') });
});

test('moved data whose disk is not there is not begun anew elsewhere', () => {
	prepare({ data, to });
	followMoved(data);
	rmSync(to, { recursive: true });
	expect(() => followMoved(data)).toThrow(StartRefusal);
});

test('fills no folder that holds something else, and takes back only what it filled', () => {
	writeFileSync(join(to, 'holidays.jpg'), 'x');
	expect(beginArriving(data, to)).toBe(false);
	forgetMove(data, to);
	expect(readdirSync(to)).toEqual(['holidays.jpg']);
	rmSync(join(to, 'holidays.jpg'));
	prepare({ data, to });
	forgetMove(data, to);
	expect([readdirSync(to), followMoved(data), contentOf(data)]).toEqual([[], data, files]);
	const within = join(to, 'Homeroom');
	mkdirSync(within);
	expect(beginArriving(data, within, true)).toBe(true);
	// The same move begun once more, as after a pause.
	expect(beginArriving(data, within)).toBe(true);
	copyAhead(data, within, () => {});
	forgetMove(data, within);
	expect([readdirSync(to), followMoved(data), contentOf(data)]).toEqual([[], data, files]);
});

test('a kill before any change of the disk leaves the data whole at the old place or the new, and the next start finishes it', () => {
	const seen = new Set<boolean>();
	for (let number = 1; ; number += 1) {
		const places = makePlaces();
		prepare(places);
		const { signal, stderr } = spawnSync(process.execPath, [child, places.data, String(number)], { encoding: 'utf8' });
		expect(stderr).toBe('');
		const isMoved = existsSync(join(places.data, 'moved.json'));
		seen.add(isMoved);
		expect([number, contentOf(isMoved ? places.to : places.data)]).toEqual([number, files]);
		expect(followMoved(places.data)).toBe(places.to);
		expect([number, contentOf(places.to)]).toEqual([number, files]);
		if (signal === null) break;
	}
	expect(seen.size).toBe(2);
});
