import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartRefusal } from '../paths/StartRefusal.ts';
import { lockDataFolder } from './lockDataFolder.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const holding = `
	const { lockDataFolder } = await import(${JSON.stringify(new URL('./lockDataFolder.ts', import.meta.url).href)});
	lockDataFolder(process.argv[1]);
	console.log('held');
	process.stdin.resume();
`;

test('refuses a second process in words while the first lives, and takes over from one that was killed', async () => {
	const first = spawn(process.execPath, ['--input-type=module', '--eval', holding, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
	await once(first.stdout, 'data');
	expect(() => lockDataFolder(folder)).toThrow(new RegExp(`running already with the data folder ${folder} \\(process ${first.pid}\\)`));
	first.kill('SIGKILL');
	await once(first, 'exit');
	lockDataFolder(folder).release();
});

test('is given back by release', () => {
	const lock = lockDataFolder(folder);
	expect(() => lockDataFolder(folder)).toThrow(StartRefusal);
	lock.release();
	lockDataFolder(folder).release();
});

test('refuses in words where the folder is not there', () => {
	expect(() => lockDataFolder(join(folder, 'gone'))).toThrow(/cannot write in its data folder/);
});
