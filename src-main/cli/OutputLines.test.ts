import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutputLines } from './OutputLines.ts';

let folder: string;
let file: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-lines-'));
	file = join(folder, 'grades.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

test('what a kill has left whole is gone on behind, and the line that it cut is written anew', async () => {
	await writeFile(`${file}.part`, '{"row":1,"feedback":"好"}\n{"row":2}\n{"row":3,"fee');
	await expect(OutputLines.begin(file, 'refused')).rejects.toMatchObject({ code: 'FILE_EXISTS' });
	const lines = await OutputLines.begin(file, 'continued');
	expect(lines.before).toEqual([{ row: 1, feedback: '好' }, { row: 2 }]);
	expect(await readFile(`${file}.part`, 'utf8')).toBe('{"row":1,"feedback":"好"}\n{"row":2}\n');
	await lines.add({ row: 3 });
	await lines.end();
	expect(await readFile(file, 'utf8')).toBe('{"row":1,"feedback":"好"}\n{"row":2}\n{"row":3}\n');
});

test('without a part it begins at the beginning, and without a line there is no file', async () => {
	const lines = await OutputLines.begin(file, 'continued');
	expect(lines.before).toEqual([]);
	await lines.end();
	await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
	await expect(stat(`${file}.part`)).rejects.toMatchObject({ code: 'ENOENT' });
});
