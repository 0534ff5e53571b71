import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import type { ConnectionRecord } from '../../platform/network/HopRecord.ts';
import { Outbound } from './outbound.ts';

const dayMs = 86_400_000;
const begin = Date.UTC(2026, 10, 2, 8, 0, 30);
let database: ReturnType<typeof temporaryDatabase>;
let now = begin;
let logged: string[] = [];
beforeEach(() => {
	database = temporaryDatabase();
	now = begin;
	logged = [];
});
afterEach(() => database.remove());

const open = (mostRows?: number) =>
	new Outbound({
		...{ db: database.db, log: pino({}, { write: (line: string) => logged.push(line) }), now: () => now },
		nameOf: (accountId) => (accountId === 'ada' ? 'Ada' : null),
		...(mostRows === undefined ? {} : { mostRows }),
	});
const record = (more: Partial<ConnectionRecord> = {}): ConnectionRecord => ({
	...{ at: now, purpose: 'download', askedBy: 'ada', host: 'hub.test', outcome: 'answered', status: 206, sentBytes: 50, receivedBytes: 1000, ms: 20 },
	...more,
});
const all = { host: null, before: null, limit: 100 };

test('like connections of a minute are one entry, with their sums; others are others', () => {
	const outbound = open();
	for (const at of [begin, begin + 5000, begin + 29_000, begin + 31_000]) outbound.record(record({ at }));
	outbound.record(record({ status: null, outcome: 'refused', askedBy: null, host: 'models.test', sentBytes: 0, receivedBytes: 0, ms: 0 }));
	outbound.record(record({ status: 404, askedBy: 'gone' }));
	const entry = {
		purpose: 'download',
		host: 'hub.test',
		outcome: 'answered',
		status: 206,
		requests: 1,
		sentBytes: 50,
		receivedBytes: 1000,
		ms: 20,
		id: expect.any(Number),
	};
	const ada = { accountId: 'ada', name: 'Ada' };
	expect(outbound.list(all)).toEqual({
		entries: [
			{ ...entry, at: begin, status: 404, askedBy: { accountId: 'gone', name: null } },
			{ ...entry, at: begin, host: 'models.test', outcome: 'refused', status: null, sentBytes: 0, receivedBytes: 0, ms: 0, askedBy: null },
			{ ...entry, at: begin + 31_000, askedBy: ada },
			{ ...entry, at: begin + 29_000, requests: 3, sentBytes: 150, receivedBytes: 3000, ms: 60, askedBy: ada },
		],
		hasMore: false,
	});
});

test('what is under way is listed, becomes what it ended as, and after a kill is listed as cut', () => {
	const outbound = open();
	const begins = (more: Partial<ConnectionRecord> = {}) => record({ outcome: 'underWay', status: null, sentBytes: 0, receivedBytes: 0, ms: 0, ...more });
	for (const at of [begin, begin + 1, begin + 2]) outbound.record(begins({ at }));
	outbound.record(begins({ askedBy: null, purpose: 'model' }));
	outbound.record(record({ at: begin + 1 }));
	const seen = (from: Outbound) => from.list(all).entries.map(({ purpose, outcome, requests, receivedBytes }) => [purpose, outcome, requests, receivedBytes]);
	expect(seen(outbound)).toEqual([
		['download', 'answered', 1, 1000],
		['model', 'underWay', 1, 0],
		['download', 'underWay', 2, 0],
	]);
	outbound.record(record({ at: begin + 2, outcome: 'cut', status: null, receivedBytes: 7 }));
	expect(seen(open())).toEqual([
		['model', 'cut', 1, 0],
		['download', 'cut', 2, 7],
		['download', 'answered', 1, 1000],
	]);
	expect(outbound.hosts()).toMatchObject([{ sent: 4, refused: 0 }]);
	outbound.record(record({ at: begin }));
	expect(seen(outbound)[0]).toEqual(['model', 'cut', 1, 0]);
});

test('sums by server tell what was sent from what was refused, the latest first', () => {
	const outbound = open();
	outbound.record(record());
	outbound.record(record({ at: begin + 1, outcome: 'failed', status: null, receivedBytes: 10 }));
	outbound.record(record({ at: begin + 2, outcome: 'refused', status: null, sentBytes: 0, receivedBytes: 0 }));
	outbound.record(record({ at: begin + 3, host: '127.0.0.1:11434', purpose: 'model' }));
	expect(outbound.hosts()).toEqual([
		{ host: '127.0.0.1:11434', sent: 1, refused: 0, sentBytes: 50, receivedBytes: 1000, lastAt: begin + 3 },
		{ host: 'hub.test', sent: 2, refused: 1, sentBytes: 100, receivedBytes: 1010, lastAt: begin + 2 },
	]);
});

test('pages go on where the one before ended, for one server if that is asked', () => {
	const outbound = open();
	for (let minute = 0; minute < 6; minute++) outbound.record(record({ at: begin + minute * 60_000, host: minute % 2 ? 'odd.test' : 'even.test' }));
	const first = outbound.list({ host: 'even.test', before: null, limit: 2 });
	const second = outbound.list({ host: 'even.test', before: first.entries.at(-1)?.id ?? 0, limit: 2 });
	const minutes = ({ entries }: typeof first) => entries.map(({ at }) => (at - begin) / 60_000);
	expect([minutes(first), first.hasMore, minutes(second), second.hasMore]).toEqual([[4, 2], true, [0], false]);
});

test('what is older than 30 days is not shown, and deleted', () => {
	const outbound = open();
	outbound.record(record({ at: begin - 29 * dayMs, host: 'young.test' }));
	outbound.record(record({ at: begin - 31 * dayMs, host: 'old.test' }));
	expect(outbound.hosts().map(({ host }) => host)).toEqual(['young.test']);
	now += 2 * dayMs;
	open().record(record({ host: 'new.test' }));
	const kept = database.db.$client.prepare('select host from outbound_connection order by host').pluck().all();
	expect(kept).toEqual(['new.test']);
});

test('there are never many more rows than there may be, the newest stay', () => {
	const outbound = open(50);
	for (let minute = 0; minute < 400; minute++) outbound.record(record({ at: begin + minute * 60_000 }));
	const { length } = outbound.list({ ...all, limit: 500 }).entries;
	expect(length).toBeGreaterThanOrEqual(50);
	expect(length).toBeLessThanOrEqual(101);
	expect(outbound.list({ ...all, limit: 1 }).entries[0]?.at).toBe(begin + 399 * 60_000);
});

test('a connection that cannot be written down ends in the log, not in who asked', () => {
	const outbound = open();
	database.db.$client.exec('drop table outbound_connection');
	expect(() => outbound.record(record())).not.toThrow();
	expect(logged.join()).toContain('hub.test');
});

test('the table can be taken away, and no name in it is a formula', () => {
	const outbound = open();
	outbound.record(record({ host: '=cmd.test' }));
	const { fileName, text } = outbound.exportCsv({ host: null });
	expect(fileName).toBe('Connections 2026-11-02.csv');
	expect(text.split('\r\n').slice(1)).toEqual(["2026-11-02T08:00:30.000Z,download,'=cmd.test,answered,206,1,50,1000,20,ada,Ada", '']);
});
