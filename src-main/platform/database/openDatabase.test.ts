import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { StartRefusal } from '../paths/StartRefusal.ts';
import { checkSqliteVersion, configureConnection } from './configureConnection.ts';
import { immediate, immediateUnsynced, openDatabase } from './openDatabase.ts';
import { migrationsFolder } from './temporaryDatabase.ts';
import { watchStatements } from './watchStatements.ts';

const log = pino({ enabled: false });
let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-open-'));
	file = join(folder, 'homeroom.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openDatabase({ file, migrationsFolder, log });

function refusalOf(work: () => unknown): StartRefusal {
	try {
		work();
	} catch (error) {
		if (error instanceof StartRefusal) return error;
		throw error;
	}
	throw new Error('nothing was refused');
}

test('L3 every connection is WAL, synchronous=FULL, with foreign keys and an untrusted schema, also on a file that was there', () => {
	open().close();
	const { db, close } = open();
	const read = (name: string) => db.$client.pragma(name, { simple: true });
	expect({
		journal: read('journal_mode'),
		synchronous: read('synchronous'),
		foreignKeys: read('foreign_keys'),
		busyTimeout: read('busy_timeout'),
		trustedSchema: read('trusted_schema'),
		fullfsync: read('fullfsync'),
	}).toEqual({ journal: 'wal', synchronous: 2, foreignKeys: 1, busyTimeout: 5000, trustedSchema: 0, fullfsync: process.platform === 'darwin' ? 1 : 0 });
	close();
});

test('L3 what need not wait for the disk does not, and what comes after it does again', () => {
	const { db, close } = open();
	const levels: unknown[] = [];
	const level = () => void levels.push(db.$client.pragma('synchronous', { simple: true }));
	immediateUnsynced(db, level);
	immediate(db, level);
	expect(() =>
		immediateUnsynced(db, () => {
			throw new Error('it went wrong');
		}),
	).toThrow('it went wrong');
	level();
	expect(levels).toEqual([1, 2, 2]);
	expect(() => immediate(db, () => immediateUnsynced(db, () => {}))).toThrow('once it has begun');
	close();
});

test('L3 refuses an SQLite that can lose commits, and takes the first one that cannot', () => {
	for (const version of ['3.51.2', '3.50.9', '2.99.99']) expect(refusalOf(() => checkSqliteVersion(version)).message).toContain(version);
	for (const version of ['3.51.3', '3.52.0', '3.54.1', '4.0.0']) expect(() => checkSqliteVersion(version)).not.toThrow();
});

test('L3 refuses a connection on which a setting does not take', () => {
	const memory = new Database(':memory:');
	const refusal = refusalOf(() => configureConnection(memory));
	expect([refusal.reason, refusal.message]).toEqual(['sqliteUnfit', expect.stringContaining('journal_mode is memory and must be wal')]);
	memory.close();
});

test.skipIf(process.platform === 'win32')('keeps the file to this user alone', () => {
	const { close } = open();
	expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o077)).toEqual([0, 0, 0]);
	close();
});

test('refuses a database of a newer version in words and touches nothing', () => {
	open().close();
	const client = new Database(file);
	client.pragma('user_version = 4711');
	client.pragma('wal_checkpoint(TRUNCATE)');
	client.close();
	const before = readFileSync(file);
	const refusal = refusalOf(open);
	expect([refusal.reason, refusal.message]).toEqual(['databaseNewer', expect.stringMatching(/newer Homeroom .*4711.*Nothing was changed/)]);
	expect(readFileSync(file).equals(before)).toBe(true);
	expect(readdirSync(folder)).toEqual(['homeroom.db']);
});

test('refuses a database whose tables another build made', () => {
	open().close();
	const client = new Database(file);
	client.exec("update applied_migration set hash = 'of another build'");
	client.close();
	expect(refusalOf(open).reason).toBe('databaseOther');
});

test.each([
	['is no database at all', () => Buffer.from('these are not the tables you are looking for'.repeat(200))],
	[
		'has damaged pages',
		() => {
			const { db, close } = open();
			for (let n = 0; n < 200; n++) db.run(sql`insert into setting (scope, key, value) values (${'x'.repeat(300)}, ${String(n)}, '1')`);
			close();
			const bytes = readFileSync(file);
			bytes.fill(0xa5, 4096 * 2, bytes.length);
			return bytes;
		},
	],
])('says what to do about a file that %s, and keeps it', (_, damaged) => {
	writeFileSync(file, damaged());
	writeFileSync(`${file}.before-2`, '');
	writeFileSync(`${file}.before-10`, '');
	const before = readFileSync(file);
	const refusal = refusalOf(open);
	expect([refusal.reason, refusal.message]).toEqual(['databaseDamaged', expect.stringMatching(/is damaged .*kept as it is.*Move it.*homeroom\.db\.before-10/)]);
	expect(readFileSync(file).equals(before)).toBe(true);
});

test('refuses in words where the file cannot be opened', () => {
	expect(refusalOf(() => openDatabase({ file: join(folder, 'gone', 'homeroom.db'), migrationsFolder, log })).reason).toBe('databaseUnusable');
});

test('commits an immediate transaction whole or not at all', () => {
	const { db, close } = open();
	const count = () => db.get<{ n: number }>(sql`select count(*) n from setting where scope is not null`)?.n;
	const insert = (key: string) => sql`insert into setting (scope, key, value) values ('s', ${key}, '1')`;
	expect(() =>
		immediate(db, (tx) => {
			tx.run(insert('a'));
			throw new Error('no');
		}),
	).toThrow('no');
	expect(count()).toBe(0);
	immediate(db, (tx) => {
		tx.run(insert('a'));
		expect(() =>
			immediate(db, (inner) => {
				inner.run(insert('b'));
				throw new Error('only this');
			}),
		).toThrow('only this');
	});
	expect(count()).toBe(1);
	close();
});

test('L10 a full disk fails a transaction whole, at whichever of its statements, with DISK_FULL', () => {
	const { db, close } = open();
	const client = db.$client;
	const rows = () => db.all(sql`select key from setting where scope is not null`);
	const insert = (n: number) => sql`insert into setting (scope, key, value) values ('s', ${String(n)}, ${'x'.repeat(20_000)})`;
	db.run(insert(0));
	const pages = Number(client.pragma('page_count', { simple: true }));
	const refusedAt = new Set<number>();
	for (let room = 0; rows().length === 1; room++) {
		client.pragma(`max_page_count = ${pages + room}`);
		let at = 0;
		try {
			immediate(db, (tx) => {
				for (at = 1; at <= 6; at++) tx.run(insert(at));
			});
		} catch (error) {
			expect(isFailure(error, 'DISK_FULL')).toBe(true);
			expect([rows(), client.inTransaction]).toEqual([[{ key: '0' }], false]);
			refusedAt.add(at);
		}
	}
	expect([...refusedAt]).toEqual([1, 2, 3, 4, 5, 6]);
	expect(client.pragma('quick_check', { simple: true })).toBe('ok');
	expect(rows()).toHaveLength(7);
	close();
});

test('logs a slow statement with its text and never with its values', () => {
	const lines: string[] = [];
	const client = new Database(':memory:');
	client.exec('create table note (text)');
	watchStatements(client, pino({ level: 'warn' }, { write: (line) => lines.push(line) }), -1);
	client.prepare('insert into note values (?)').run('my diary');
	expect(client.prepare('select text from note where text <> ?').raw().all('a secret')).toEqual([['my diary']]);
	expect(lines.map((line) => JSON.parse(line).sql)).toEqual(['insert into note values (?)', 'select text from note where text <> ?']);
	expect(lines.join('')).not.toMatch(/diary|secret/);
	client.close();
});
