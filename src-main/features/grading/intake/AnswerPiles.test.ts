import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerFileLimits } from '#contract/answerFileLimits.ts';
import { AnswerPiles, type SentFile } from './AnswerPiles.ts';

let folder: string;
let piles: AnswerPiles;
beforeEach(async () => {
	folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'homeroom-piles-')), 'answers');
	piles = new AnswerPiles(folder);
});
afterEach(async () => {
	vi.useRealTimers();
	await rm(path.dirname(folder), { recursive: true, force: true });
});

const file = (fileName: string, text = fileName): SentFile => ({ fileName, file: new Blob([text]) });
const textsOf = (ownerId: string, pileId: string) =>
	Promise.all(piles.files(ownerId, pileId).map(async ({ fileName, read }) => [fileName, read && Buffer.from(await read()).toString()]));

test('keeps 2,000 files that come in pieces, in their order and under whatever names, and lets no one else see them', async () => {
	const all = Array.from({ length: 2000 }, (_, at) => file(`../../${at}/..\\e\0vil.txt`, `text ${at}`));
	const pileId = await piles.add('ann', null, all.slice(0, 900));
	await piles.add('ann', pileId, all.slice(900));
	expect(await textsOf('ann', pileId)).toEqual(all.map(({ fileName }, at) => [fileName, `text ${at}`]));
	expect(() => piles.files('bob', pileId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	await expect(piles.add('bob', pileId, [file('x')])).rejects.toMatchObject({ code: 'NOT_FOUND' });
	piles.drop('bob', pileId);
	expect(await readdir(folder)).toEqual([pileId]);
});

test('a file that was too large to be sent is there by its name', async () => {
	const pileId = await piles.add('ann', null, [{ fileName: 'film.mov', file: null }, file('a.txt')]);
	expect(await textsOf('ann', pileId)).toEqual([
		['film.mov', null],
		['a.txt', 'a.txt'],
	]);
});

test('the 2,001st file, and what passes 200 MiB in all, are refused, and nothing of that pile stays', async () => {
	const pileId = await piles.add('ann', null, Array(2000).fill({ fileName: 'a.txt', file: null }));
	await expect(piles.add('ann', pileId, [file('one more')])).rejects.toMatchObject({ code: 'TOO_MANY_FILES', data: { limit: 2000, found: 2001 } });
	// Blobs share the bytes of the one that they are made of; none of them is ever written.
	const part = new Blob([Buffer.alloc(answerFileLimits.fileBytes)]);
	const heavy = Array.from({ length: 11 }, () => ({ fileName: 'scan.pdf', file: part }));
	const other = await piles.add('ann', null, [file('small')]);
	await expect(piles.add('ann', other, heavy)).rejects.toMatchObject({ code: 'TOO_LARGE', data: { limitBytes: 200 * 2 ** 20 } });
	expect(await readdir(folder)).toEqual([]);
});

test('two calls at once cannot pass the limit together', async () => {
	const pileId = await piles.add('ann', null, Array(1999).fill({ fileName: 'a.txt', file: null }));
	const both = await Promise.allSettled([piles.add('ann', pileId, [file('a')]), piles.add('ann', pileId, [file('b')])]);
	expect(both.map(({ status }) => status)).toContain('rejected');
	expect(() => piles.files('ann', pileId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('a third pile of one person takes the place of the oldest, and touches nobody else’s', async () => {
	const bobs = await piles.add('bob', null, [file('b')]);
	const [first = '', second = '', third = ''] = [
		await piles.add('ann', null, [file('1')]),
		await piles.add('ann', null, [file('2')]),
		await piles.add('ann', null, [file('3')]),
	];
	await expect.poll(() => readdir(folder).then((names) => names.toSorted())).toEqual([bobs, second, third].toSorted());
	expect(() => piles.files('ann', first)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('an hour after it was last touched a pile is gone from the disk', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	const pileId = await piles.add('ann', null, [file('a')]);
	vi.advanceTimersByTime(59 * 60_000);
	piles.files('ann', pileId);
	vi.advanceTimersByTime(59 * 60_000);
	expect(piles.files('ann', pileId)).toHaveLength(1);
	vi.advanceTimersByTime(61 * 60_000);
	vi.useRealTimers();
	expect(() => piles.files('ann', pileId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	await expect.poll(() => readdir(folder)).toEqual([]);
});

test('a reading that is overtaken by the end of its pile says that the files are not there', async () => {
	const pileId = await piles.add('ann', null, [file('a')]);
	const [first] = piles.files('ann', pileId);
	piles.drop('ann', null);
	await expect.poll(() => readdir(folder)).toEqual([]);
	await expect(first?.read?.()).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'files' } });
});

test('what an earlier run left is deleted at the start', async () => {
	await piles.add('ann', null, [file('a')]);
	await writeFile(path.join(folder, 'stray'), 'x');
	expect(await readdir(folder)).toHaveLength(2);
	new AnswerPiles(folder);
	expect(await readdir(folder)).toEqual([]);
});
