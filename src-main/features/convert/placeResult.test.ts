import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { placeResult, takeBackResult } from './placeResult.ts';

let folder: string;
let part: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-place-'));
	part = join(folder, '.part');
	writeFileSync(part, 'new');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');

test('a file that is there is not touched unless that was asked for', async () => {
	writeFileSync(join(folder, 'a.json'), 'old');
	await expect(placeResult(part, folder, 'a.json', 'keep')).rejects.toMatchObject({ code: 'FILE_EXISTS', data: { name: 'a.json' } });
	expect(textOf('a.json')).toBe('old');
	expect(await placeResult(part, folder, 'a.json', 'rename')).toBe('a (2).json');
	expect([textOf('a.json'), textOf('a (2).json')]).toEqual(['old', 'new']);
	expect(await placeResult(part, folder, 'a.json', 'replace')).toBe('a.json');
	expect(textOf('a.json')).toBe('new');
	expect(readdirSync(folder).sort()).toEqual(['.part', 'a (2).json', 'a.json']);
});

test('a folder of that name, or a file where its folder would be, is not replaced', async () => {
	mkdirSync(join(folder, 'a.json'));
	writeFileSync(join(folder, 'class'), 'mine');
	await expect(placeResult(part, folder, 'a.json', 'replace')).rejects.toMatchObject({ code: 'FILE_EXISTS', data: { name: 'a.json' } });
	await expect(placeResult(part, folder, 'class/b.json', 'replace')).rejects.toMatchObject({ code: 'FILE_EXISTS', data: { name: 'class' } });
	expect(await placeResult(part, folder, 'a.json', 'rename')).toBe('a (2).json');
	expect([readdirSync(folder).sort(), textOf('class')]).toEqual([['.part', 'a (2).json', 'a.json', 'class'], 'mine']);
});

test('what was placed and not written down is taken back, and nobody else’s file is', async () => {
	writeFileSync(join(folder, 'a.json'), 'old');
	expect(await placeResult(part, folder, 'a.json', 'rename')).toBe('a (2).json');
	await takeBackResult(part, folder, 'a.json');
	expect(readdirSync(folder)).toEqual(['a.json']);
	await takeBackResult(part, folder, 'a.json');
	writeFileSync(part, 'never placed');
	await takeBackResult(part, folder, 'a.json');
	expect([readdirSync(folder), textOf('a.json')]).toEqual([['a.json'], 'old']);
});

test('the same once more, as after a crash, is the same file, and folders are made', async () => {
	for (let time = 0; time < 2; time++) expect(await placeResult(part, folder, 'b/c/a.json', 'keep')).toBe('b/c/a.json');
	expect(textOf('b/c/a.json')).toBe('new');
});
