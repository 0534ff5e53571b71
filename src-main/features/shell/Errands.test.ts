import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mostCallBytes } from '#contract/mostCallBytes.ts';
import { Errands } from './Errands.ts';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-errands-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function waitingIn(errands: Errands): Promise<string[]> {
	for await (const ids of errands.watch()) return ids;
	return [];
}

test('what came before there was a window waits, is taken once, and in its order', async () => {
	const errands = new Errands();
	const film = path.join(folder, 'film.srt');
	writeFileSync(film, 'Hello');
	errands.add({ kind: 'screen', screen: 'grading' });
	errands.add({ kind: 'file', path: film }, { kind: 'file', path: '/models/Qwen.GGUF' }, { kind: 'unknownLink' });
	const taken = [];
	for (const id of await waitingIn(errands)) taken.push(await errands.take(id));
	expect(taken).toEqual([
		{ kind: 'screen', screen: 'grading' },
		{ kind: 'file', name: 'film.srt', file: expect.any(File) },
		{ kind: 'model', name: 'Qwen.GGUF', path: '/models/Qwen.GGUF' },
		{ kind: 'unknownLink' },
	]);
	expect(taken[1]?.kind === 'file' && (await taken[1].file.text())).toBe('Hello');
	expect(await waitingIn(errands)).toEqual([]);
});

test('whoever watches is told of what comes, and of what is taken', async () => {
	const errands = new Errands();
	const told: number[] = [];
	for await (const ids of errands.watch()) {
		told.push(ids.length);
		if (told.length === 1) errands.add({ kind: 'unknownLink' });
		else if (ids[0]) await errands.take(ids[0]);
		else break;
	}
	expect(told).toEqual([0, 1, 0]);
});

test('a file that is gone, is none, or is larger than a page can be given is refused with the reason, and is not offered again', async () => {
	const errands = new Errands();
	const large = path.join(folder, 'large.csv');
	writeFileSync(large, '');
	truncateSync(large, mostCallBytes + 1);
	errands.add({ kind: 'file', path: path.join(folder, 'gone.srt') }, { kind: 'file', path: folder }, { kind: 'file', path: large });
	const refused = await Promise.all((await waitingIn(errands)).map((id) => errands.take(id).catch(({ code, data }) => ({ code, data }))));
	expect(refused).toEqual([
		{ code: 'FILE_NOT_FOUND', data: { path: path.join(folder, 'gone.srt') } },
		{ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAFile' } },
		{ code: 'TOO_LARGE', data: { limitBytes: mostCallBytes } },
	]);
	expect(await waitingIn(errands)).toEqual([]);
	await expect(errands.take('no-such-thing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a flood leaves the newest', async () => {
	const errands = new Errands();
	errands.add(...Array.from({ length: 150 }, () => ({ kind: 'unknownLink' as const })), { kind: 'screen', screen: 'chat' });
	const ids = await waitingIn(errands);
	expect(ids).toHaveLength(100);
	expect(await errands.take(ids.at(-1) ?? '')).toEqual({ kind: 'screen', screen: 'chat' });
});
