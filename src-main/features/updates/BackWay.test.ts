import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BackWay } from './BackWay.ts';

let data: string;
let back: BackWay;
const file = (name: string) => path.join(data, name);

beforeEach(() => {
	data = mkdtempSync(path.join(os.tmpdir(), 'homeroom-back-'));
	mkdirSync(file('updates'));
	back = new BackWay({ folder: file('updates'), database: file('homeroom.db') });
	writeFileSync(file('homeroom.db'), 'data of 0.2.0');
	writeFileSync(file('installer.exe'), 'a program');
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** From 0.1.0 to 0.2.0, with the programs of both. */
function update(): void {
	writeFileSync(back.copyOf('0.1.0'), 'data of 0.1.0');
	for (const version of ['0.1.0', '0.2.0']) back.keepProgram(version, file('installer.exe'));
	back.begin('0.1.0', '0.2.0', 7);
}

test('the data of before comes back, and that of until now is kept beside it', () => {
	expect(back.from('0.2.0')).toBe(null);
	update();
	expect(back.from('0.2.0')).toEqual({ version: '0.1.0', at: 7, program: file('updates/homeroom-0.1.0.program.exe') });
	const aside = back.restore('0.2.0', 8);
	expect([readFileSync(file('homeroom.db'), 'utf8'), readFileSync(aside, 'utf8')]).toEqual(['data of 0.1.0', 'data of 0.2.0']);
	expect([back.from('0.2.0'), readdirSync(data).sort()]).toEqual([null, ['homeroom.db', 'homeroom.db.after-0.2.0-8', 'installer.exe', 'updates']]);
});

test('nobody goes back from a version that was not updated to, without the data of before, or while the database is open', () => {
	update();
	expect(back.from('0.3.0')).toBe(null);
	expect(() => back.restore('0.3.0')).toThrow('no way back');
	writeFileSync(file('homeroom.db-wal'), '');
	expect(() => back.restore('0.2.0')).toThrow('still open');
	rmSync(back.copyOf('0.1.0'));
	expect([back.from('0.2.0'), readFileSync(file('homeroom.db'), 'utf8')]).toEqual([null, 'data of 0.2.0']);
});

test('the copies and programs of versions before the last are not kept', () => {
	update();
	writeFileSync(back.copyOf('0.2.0'), 'data of 0.2.0');
	back.keepProgram('0.3.0', file('installer.exe'));
	back.begin('0.2.0', '0.3.0');
	expect(readdirSync(file('updates')).sort()).toEqual(['homeroom-0.2.0.db', 'homeroom-0.2.0.program.exe', 'homeroom-0.3.0.program.exe', 'update.json']);
	expect(back.from('0.3.0')).toMatchObject({ version: '0.2.0', program: file('updates/homeroom-0.2.0.program.exe') });
});

test('a version that is a path names no file', () => {
	for (const version of ['../0.1.0', '0.1.0/..', '', '1.0.0-../x']) expect(() => back.copyOf(version)).toThrow('is no version');
	writeFileSync(file('updates/update.json'), '{"from": "../../etc/passwd", "to": "0.2.0", "at": 1}');
	expect(() => back.from('0.2.0')).toThrow('is no version');
	expect(existsSync(file('homeroom.db'))).toBe(true);
});
