import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { sumBlockBytes } from '#contract/sumBlockBytes.ts';
import { bytesOfBlocks, copyWithSums, findBadBlocks, sumFile } from './fileSums.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroom-sums-'));
afterAll(() => rmSync(folder, { recursive: true }));
const workerFile = join(import.meta.dirname, 'sumWorker.ts');

/** As the worker should come to them, by the plainest way. */
function sumsOf(bytes: Buffer) {
	const blocks = Array.from({ length: Math.ceil(bytes.length / sumBlockBytes) }, (_, i) => bytes.subarray(i * sumBlockBytes, (i + 1) * sumBlockBytes));
	const blockSums = Buffer.alloc(4 * blocks.length);
	for (const [i, block] of blocks.entries()) blockSums.writeUInt32LE(crc32(block), 4 * i);
	return { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), blockSums };
}

function write(name: string, sizeBytes: number): { file: string; bytes: Buffer } {
	const bytes = Buffer.alloc(sizeBytes);
	for (let i = 0; i < sizeBytes; i += 97) bytes[i] = i % 251;
	writeFileSync(join(folder, name), bytes);
	return { file: join(folder, name), bytes };
}

test.each([0, 1, sumBlockBytes - 1, sumBlockBytes, sumBlockBytes + 1, 16 * sumBlockBytes, 40 * sumBlockBytes + 5])(
	'sums up a file of %i bytes',
	async (sizeBytes) => {
		const { file, bytes } = write('file', sizeBytes);
		expect(await sumFile(file, { workerFile })).toEqual(sumsOf(bytes));
	},
);

test('copies what it sums up, over what was there', async () => {
	const { file, bytes } = write('source', 3 * sumBlockBytes + 7);
	const copy = join(folder, 'copy');
	writeFileSync(copy, Buffer.alloc(5 * sumBlockBytes));
	expect(await copyWithSums(file, copy, { workerFile })).toEqual(sumsOf(bytes));
	expect(readFileSync(copy).equals(bytes)).toBe(true);
});

test('tells which of the two files the disk refused', async () => {
	const { file } = write('there', 10);
	await expect(sumFile(join(folder, 'nobody'), { workerFile })).rejects.toMatchObject({ side: 'from', code: 'ENOENT', path: join(folder, 'nobody') });
	const to = join(folder, 'gone', 'copy');
	await expect(copyWithSums(file, to, { workerFile })).rejects.toMatchObject({ side: 'to', code: 'ENOENT', path: to });
	if (process.platform === 'linux') await expect(copyWithSums(file, '/dev/full', { workerFile })).rejects.toMatchObject({ side: 'to', code: 'ENOSPC' });
});

test('ends with the reason of its signal', async () => {
	const { file } = write('long', 40 * sumBlockBytes);
	const stop = new AbortController();
	const summed = sumFile(file, { workerFile, signal: stop.signal });
	stop.abort(new Error('enough'));
	await expect(summed).rejects.toThrow('enough');
	await expect(sumFile(file, { workerFile, signal: stop.signal })).rejects.toThrow('enough');
});

test('finds the blocks that differ, also where one side ends earlier', () => {
	const bytes = write('bytes', 4 * sumBlockBytes + 9).bytes;
	const expected = sumsOf(bytes).blockSums;
	const wrong = Buffer.from(bytes);
	wrong[2 * sumBlockBytes] = 255;
	wrong[4 * sumBlockBytes + 8] = 255;
	expect(findBadBlocks(bytes.length, expected, sumsOf(wrong).blockSums)).toEqual([2, 4]);
	expect(findBadBlocks(bytes.length, expected, sumsOf(bytes.subarray(0, 3 * sumBlockBytes)).blockSums)).toEqual([3, 4]);
	expect(findBadBlocks(bytes.length, null, expected)).toEqual([0, 1, 2, 3, 4]);
	expect(bytesOfBlocks(bytes.length, [2, 4])).toBe(sumBlockBytes + 9);
});
