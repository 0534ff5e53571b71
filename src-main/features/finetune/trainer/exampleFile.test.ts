import { appendFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readExamples, writeExamples } from './exampleFile.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-examples-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const examples = [
	{ tokens: [1, 151_643, 7], learnt: [false, false, true] },
	{ tokens: [], learnt: [] },
	{ tokens: [0], learnt: [true] },
];

test('examples are read as they were written', async () => {
	const file = join(folder, 'examples');
	expect(await writeExamples(file, examples)).toBe(3);
	expect(await readExamples(file)).toEqual(examples);
});

test('a file that is cut off, longer, or none of ours is refused', async () => {
	const file = join(folder, 'examples');
	for (const bytes of [4 * 8, 4 * 7, 4 * 6, 7, 0]) {
		await writeExamples(file, examples);
		await truncate(file, bytes);
		await expect(readExamples(file)).rejects.toThrow('cut off');
	}
	await appendFile(file, 'GGUFGGUF');
	await expect(readExamples(file)).rejects.toThrow('none');
});

test('a token that the model does not have is refused', async () => {
	const file = join(folder, 'examples');
	await writeExamples(file, examples);
	expect(await readExamples(file, 151_644)).toEqual(examples);
	await expect(readExamples(file, 151_643)).rejects.toThrow('Example 1 has a token');
});
