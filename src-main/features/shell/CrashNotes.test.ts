import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CrashNotes } from './CrashNotes.ts';

let folder: string;
let notes: CrashNotes;
let warned: unknown[];
beforeEach(() => {
	folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'homeroom-crashes-')), 'crashes');
	warned = [];
	notes = new CrashNotes({ folder, version: '0.1.0', log: { warn: (...said: unknown[]) => void warned.push(said) } });
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

test('notes and memory images are listed, the newest first, and are deleted one by one', () => {
	expect(notes.list()).toEqual([]);
	notes.add('window', 'oom', 1_000_000);
	notes.add('engine', 'killed', 3_000_000);
	mkdirSync(path.join(folder, 'pending'));
	writeFileSync(path.join(folder, 'pending', 'a.dmp'), 'MDMP');
	utimesSync(path.join(folder, 'pending', 'a.dmp'), 2000, 2000);
	writeFileSync(path.join(folder, 'settings.json'), '{"crashpad": 1}');
	writeFileSync(path.join(folder, 'metadata'), '');
	const listed = notes.list();
	expect(listed.map(({ part, at, reason, version, bytes }) => [part, at, reason, version, bytes > 3])).toEqual([
		['engine', 3_000_000, 'killed', '0.1.0', true],
		['image', 2_000_000, '', '', true],
		['window', 1_000_000, 'oom', '0.1.0', true],
	]);
	notes.remove(listed.slice(0, 2).map(({ id }) => id));
	expect(notes.list().map(({ part }) => part)).toEqual(['window']);
});

test('nothing outside of the folder is deleted, whatever is named', () => {
	notes.add('window', 'oom');
	const outside = path.join(folder, '..', 'homeroom.json');
	writeFileSync(outside, '{}');
	notes.remove(['../homeroom.json', outside, '..', '.', '']);
	expect([existsSync(outside), notes.list()]).toEqual([true, [expect.objectContaining({ part: 'window' })]]);
});

test('of a part that stops again and again the newest notes stay', () => {
	for (let at = 1; at <= 60; at++) notes.add('engine', String(at), at);
	expect(notes.list().map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, back) => 60 - back));
});

test('a disk that takes no note ends nothing', () => {
	writeFileSync(folder, 'no folder');
	notes.add('window', 'oom');
	expect([notes.list(), warned.length]).toEqual([[], 1]);
});
