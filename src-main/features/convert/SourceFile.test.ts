import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SourceFile } from './SourceFile.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-source-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function textOf(source: SourceFile): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for await (const piece of source.pieces()) text += decoder.decode(piece, { stream: true });
	return text;
}

test('a file is read several times, also when it was deleted meanwhile', async () => {
	const file = join(folder, 'a.csv');
	const text = 'Zoë,1\n'.repeat(100_000);
	writeFileSync(file, text);
	const source = await SourceFile.open(file, 'a.csv');
	const read = await source.unchanged(async () => {
		const first = await textOf(source);
		rmSync(file);
		return [source.sizeBytes, Buffer.from(await source.beginning(6)).toString(), first, await textOf(source)];
	});
	expect(read).toEqual([Buffer.byteLength(text), 'Zoë,1', text, text]);
	await source.close();
});

test('what comes of a file that was changed meanwhile is nothing, be it a result or a failure', async () => {
	const file = join(folder, 'a.csv');
	writeFileSync(file, 'a\n1\n');
	const source = await SourceFile.open(file, 'a.csv');
	const change = async () => appendFileSync(file, '2\n');
	const refused = { code: 'CONVERT_STOPPED', data: { reason: 'changed' } };
	await expect(source.unchanged(change)).rejects.toMatchObject(refused);
	await expect(source.unchanged(() => Promise.reject(new Error('cut off')))).rejects.toMatchObject(refused);
	await source.close();
});

test.skipIf(process.platform === 'win32')('what is no file is refused at once, a pipe that nobody writes into as well', async () => {
	const pipe = join(folder, 'pipe');
	execFileSync('mkfifo', [pipe]);
	mkdirSync(join(folder, 'sub'));
	for (const path of [pipe, join(folder, 'sub'), '/dev/zero'])
		await expect(SourceFile.open(path, 'x')).rejects.toMatchObject({ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAFile' } });
	await expect(SourceFile.open(join(folder, 'none'), 'x')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', data: { path: 'x' } });
});
