import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../platform/log/createLog.ts';
import { type LogOrder, type LogPage, searchLog } from './searchLog.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const order: LogOrder = { level: 'trace', text: '', requestId: '', from: null, until: null, limit: 2000 };
async function search(more: Partial<LogOrder> = {}) {
	const pages: LogPage[] = [];
	for await (const page of searchLog(folder, { ...order, ...more })) pages.push(page);
	return { pages, entries: pages.flatMap(({ entries }) => entries), reason: pages.at(-1)?.reason };
}
const messages = async (more: Partial<LogOrder> = {}) => (await search(more)).entries.map(({ message }) => message);
const line = (time: string, msg: string, more: object = {}) => `${JSON.stringify({ level: 'info', time, pid: 1, ...more, msg })}\n`;

test('finds what the log has written, the newest first, over all its files, and by what is asked for', async () => {
	const { log, close } = createLog({ folder, level: 'debug', fileBytes: 20_000 });
	for (let n = 0; n < 600; n++) log.info({ n }, `counted ${n}`);
	log.child({ requestId: 'r-42' }).warn({ tookMs: 50 }, 'slow statement');
	log.debug('whispered');
	log.error({ err: new Error('it broke') }, 'Ein Fehler: 出错了');
	await close();
	const { entries, reason } = await search();
	expect(reason).toBe('end');
	const expected = ['Ein Fehler: 出错了', 'whispered', 'slow statement', ...Array.from({ length: 600 }, (_, n) => `counted ${599 - n}`)];
	expect(entries.map(({ message }) => message)).toEqual(expected.slice(0, entries.length));
	// The oldest may have been put away with their file.
	expect(entries.length).toBeGreaterThan(400);
	expect(entries.map(({ id }) => id)).toEqual(entries.map((_, index) => index));
	expect(await messages({ level: 'warn' })).toEqual(['Ein Fehler: 出错了', 'slow statement']);
	expect(await messages({ requestId: 'r-42' })).toEqual(['slow statement']);
	expect(await messages({ requestId: 'r-4' })).toEqual([]);
	expect(await messages({ text: 'IT BROKE' })).toEqual(['Ein Fehler: 出错了']);
	expect(await messages({ text: '出错' })).toEqual(['Ein Fehler: 出错了']);
	const [found] = (await search({ requestId: 'r-42' })).entries;
	expect(found).toMatchObject({ level: 'warn', requestId: 'r-42', detail: '{"tookMs":50}', at: expect.any(Number) });
	expect(await search({ limit: 3 })).toMatchObject({ reason: 'limit', entries: { length: 3 } });
});

test('by time: up to but without the end, and it reads no further than the begin', async () => {
	const times = ['2026-11-18T10:00:00.000Z', '2026-11-18T11:00:00.000Z', '2026-11-18T12:00:00.000Z'];
	writeFileSync(join(folder, 'homeroom.log'), times.map((time, n) => line(time, `at ${10 + n}`)).join(''));
	expect(await messages({ from: Date.parse(times[1] ?? ''), until: Date.parse(times[2] ?? '') })).toEqual(['at 11']);
	// What lies before it would not be read: it is told as the end.
	expect((await search({ from: Date.parse(times[2] ?? '') })).reason).toBe('end');
});

test('every line comes once and whole wherever the pieces that are read begin, and one too long for a log is passed over', async () => {
	const file = join(folder, 'homeroom.log');
	writeFileSync(file, '');
	let written = 0;
	for (const length of [300_000, 10, 262_144, 1, 500_000, 100_000, 161_900])
		appendFileSync(file, line('2026-11-18T10:00:00.000Z', `${written++}`, { pad: 'é'.repeat(length / 2) }));
	appendFileSync(file, `${'x'.repeat(3_000_000)}\n`);
	appendFileSync(file, line('2026-11-18T10:00:01.000Z', `${written++}`));
	expect(await messages()).toEqual(Array.from({ length: written }, (_, n) => `${written - 1 - n}`));
});

test('what is no entry is shown as it stands where its words are looked for, and stops nothing', async () => {
	const bytes = Buffer.concat([
		Buffer.from(line('2026-11-18T10:00:00.000Z', 'before')),
		Buffer.from([0xff, 0xfe, 0]),
		Buffer.from(' torn {"level":\n[1]\nnull\n{"time":5}\n'),
		Buffer.from(line('not a time', 'after')),
	]);
	writeFileSync(join(folder, 'homeroom.log'), bytes);
	expect(await messages()).toEqual(['after', 'before']);
	expect((await search({ text: 'torn' })).entries).toMatchObject([{ at: null, level: null, message: expect.stringContaining('torn {"level":') }]);
	expect((await search()).entries[0]?.at).toBeNull();
});

test('a file that is put aside while it is read is not read twice; no folder, no files and empty files are no entries', async () => {
	const file = join(folder, 'homeroom.log');
	writeFileSync(file, Array.from({ length: 8000 }, (_, n) => line('2026-11-18T10:00:00.000Z', `${n}`)).join(''));
	const seen: string[] = [];
	for await (const { entries } of searchLog(folder, { ...order, limit: 20_000 })) {
		if (seen.length === 0) renameSync(file, `${file}.1`);
		seen.push(...entries.map(({ message }) => message));
	}
	expect(seen).toEqual(Array.from({ length: 8000 }, (_, n) => `${7999 - n}`));
	rmSync(`${file}.1`);
	writeFileSync(file, '');
	expect(await search()).toMatchObject({ entries: [], reason: 'end' });
	rmSync(folder, { recursive: true });
	expect(await search()).toMatchObject({ entries: [], reason: 'end' });
});
