import Database from 'better-sqlite3';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import type { AuditRecord } from '../../platform/rpc/guard.ts';
import { type Keychain, Secrets } from '../../platform/secrets/Secrets.ts';
import { Audit } from './audit.ts';
import { hashOf } from './auditChain.ts';

const all = { from: null, until: null, accountId: null, act: null };
let database: ReturnType<typeof temporaryDatabase>;
let lines: string[];
let now: number;
let audit: Audit;

const log = pino({}, { write: (line: string) => lines.push(line) });
const names: Record<string, string> = { anna: 'Anna', berta: '=cmd|berta' };

function open(used = false, keychain?: Keychain): Audit {
	const secrets = new Secrets({ db: database.db, keyFile: `${database.folder}/secrets.key`, log, keychain });
	return new Audit({ db: database.db, secrets, log, nameOf: (id) => names[id] ?? null, wasUsed: () => used, now: () => now });
}

beforeEach(() => {
	database = temporaryDatabase();
	lines = [];
	now = Date.UTC(2026, 10, 21, 8);
	audit = open();
});
afterEach(() => database.remove());

const act = (more: Partial<AuditRecord> = {}) => ({
	accountId: 'anna',
	act: 'accounts.create',
	subject: 'berta',
	detail: null,
	origin: 'window',
	result: 'ok',
	...more,
});

/** Who holds the file: the triggers do not stop them. */
function edit(work: (client: Database.Database) => void): void {
	const client = new Database(database.file);
	for (const trigger of ['audit_entry_no_update', 'audit_entry_no_delete', 'audit_seal_no_delete']) client.exec(`drop trigger if exists ${trigger}`);
	work(client);
	client.close();
}

test('tells who did what on what, newest first, page by page and by filter', () => {
	audit.record(act());
	now += 1000;
	audit.record(act({ accountId: null, act: 'signInRefused', subject: null, origin: '::1', result: 'SIGN_IN_REFUSED' }));
	now += 1000;
	audit.record(act({ act: 'accounts.remove', subject: 'gone', result: 'LAST_ADMIN' }));
	const [removed, refused, created, begun] = audit.list({ ...all, before: null, limit: 10 }).entries;
	expect(begun).toMatchObject({ id: 1, act: 'logBegun', origin: 'app' });
	expect([created, refused, removed]).toEqual([
		{ id: 2, at: now - 2000, ...act(), accountName: 'Anna', subjectName: '=cmd|berta' },
		{
			...{ id: 3, at: now - 1000, accountId: null, accountName: null, act: 'signInRefused' },
			...{ subject: null, subjectName: null, detail: null, origin: '::1', result: 'SIGN_IN_REFUSED' },
		},
		{ id: 4, at: now, ...act({ act: 'accounts.remove', subject: 'gone', result: 'LAST_ADMIN' }), accountName: 'Anna', subjectName: null },
	]);
	const ids = (asked: Partial<Parameters<Audit['list']>[0]>) => {
		const { entries, hasMore } = audit.list({ ...all, before: null, limit: 10, ...asked });
		return [...entries.map(({ id }) => id), hasMore];
	};
	expect(ids({ limit: 2 })).toEqual([4, 3, true]);
	expect(ids({ limit: 2, before: 3 })).toEqual([2, 1, false]);
	expect(ids({ act: 'accounts' })).toEqual([4, 2, false]);
	expect(ids({ act: 'signIn' })).toEqual([false]);
	expect(ids({ act: 'accounts.create' })).toEqual([2, false]);
	expect(ids({ accountId: 'anna', from: now })).toEqual([4, false]);
	expect(ids({ until: now })).toEqual([3, 2, 1, false]);
});

test('gives out a table that no spreadsheet runs', () => {
	audit.record(act({ detail: 'role=admin' }));
	expect(audit.exportCsv({ ...all, act: 'accounts' })).toEqual({
		fileName: 'Audit 2026-11-21.csv',
		text: "\ufeffid,time,account_id,account,act,subject,subject_name,detail,origin,result\r\n2,2026-11-21T08:00:00.000Z,anna,Anna,accounts.create,berta,'=cmd|berta,role=admin,window,ok\r\n",
	});
});

test('of the same refusal of the same account one a minute is written down, with the number of those left out', () => {
	const refused = act({ result: 'FORBIDDEN' });
	for (let n = 0; n < 2000; n++) audit.recordCall(refused);
	for (const other of [act(), act(), act({ accountId: 'berta', result: 'FORBIDDEN' }), act({ result: 'NOT_FOUND' })]) audit.recordCall(other);
	now += 60_000;
	for (let n = 0; n < 2; n++) audit.recordCall(refused);
	const { entries } = audit.list({ ...all, act: 'accounts', before: null, limit: 500 });
	expect(entries.map(({ accountId, result, detail }) => [accountId, result, detail])).toEqual([
		['anna', 'FORBIDDEN', 'repeats=1999'],
		['anna', 'NOT_FOUND', null],
		['berta', 'FORBIDDEN', null],
		['anna', 'ok', null],
		['anna', 'ok', null],
		['anna', 'FORBIDDEN', null],
	]);
});

test('no statement of the app changes or deletes an entry', () => {
	audit.record(act());
	for (const statement of ["update audit_entry set result = 'x'", 'delete from audit_entry', 'delete from audit_seal'])
		expect(() => database.db.$client.exec(statement)).toThrow(/only ever/);
});

test('U8 of 1,000 entries an edit of any field of any one, or the loss of any one, is found, and where', async () => {
	for (let n = 0; n < 999; n++) audit.record(act({ subject: `subject ${n}`, result: n % 7 === 0 ? 'NOT_FOUND' : 'ok' }));
	expect(await audit.verify()).toEqual({ entries: 1000, brokenAt: null, isSealChecked: true });
	const harm = fc.oneof(
		fc.record({ column: fc.constantFrom('account_id', 'act', 'subject', 'detail', 'origin', 'result', 'hash'), value: fc.option(fc.string()) }),
		fc.record({ column: fc.constant('at'), value: fc.nat() }),
		fc.record({ column: fc.constant(null), value: fc.constant(null) }),
	);
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), harm, async (id, { column, value }) => {
			let isHarmed = false;
			edit((client) => {
				client.exec('create temp table kept as select * from audit_entry');
				const written = column ? (value ?? (['account_id', 'subject', 'detail'].includes(column) ? null : '')) : null;
				if (column) client.prepare(`update audit_entry set ${column} = ? where id = ?`).run(written, id);
				else client.prepare('delete from audit_entry where id = ?').run(id);
				isHarmed = client.prepare('select count(*) from (select * from kept except select * from audit_entry)').pluck().get() === 1;
				if (isHarmed) client.exec('drop table if exists saved; create table saved as select * from temp.kept');
			});
			if (!isHarmed) return;
			const { brokenAt } = await open().verify();
			edit((client) => client.exec('delete from audit_entry; insert into audit_entry select * from saved; drop table saved'));
			expect(brokenAt).toBe(id);
		}),
		{ numRuns: 100 },
	);
	expect(await audit.verify()).toEqual({ entries: 1000, brokenAt: null, isSealChecked: true });
});

test.each([
	['the newest entries are cut off', 3, (client: Database.Database) => client.exec('delete from audit_entry where id > 2')],
	['all entries are gone', 1, (client: Database.Database) => client.exec('delete from audit_entry')],
	['the seal is gone', 5, (client: Database.Database) => client.exec('delete from audit_seal')],
	['entries and seal are gone', 1, (client: Database.Database) => client.exec('delete from audit_entry; delete from audit_seal')],
	[
		'the end and its seal were set back without the key',
		2,
		(client: Database.Database) => {
			client.exec('delete from audit_entry where id > 2');
			client.exec('update audit_seal set (entry_id, hash) = (select id, hash from audit_entry where id = 2)');
		},
	],
	[
		'the whole chain was computed anew',
		5,
		(client: Database.Database) => {
			let before = '';
			for (const row of client.prepare('select id, at, account_id accountId, act, subject, detail, origin, result from audit_entry order by id').all()) {
				// What the statement above names.
				const entry = { ...(row as Parameters<typeof hashOf>[1]), result: 'forged' };
				before = hashOf(before, entry);
				client.prepare('update audit_entry set result = ?, hash = ? where id = ?').run(entry.result, before, entry.id);
			}
			client.prepare('update audit_seal set hash = ?').run(before);
		},
	],
])('U8 it is found that %s, and still after the log went on', async (_what, place, harm) => {
	for (let n = 0; n < 4; n++) audit.record(act());
	edit((client) => harm(client));
	expect((await open().verify()).brokenAt).toBe(place);
	open().record(act());
	expect((await open().verify()).brokenAt).not.toBeNull();
});

test('a log whose key is lost says so itself and goes on', async () => {
	audit.record(act());
	database.db.$client.exec("delete from secret where name = 'auditKey'");
	const reopened = open();
	expect(reopened.list({ ...all, before: null, limit: 1 }).entries).toMatchObject([{ id: 3, act: 'sealLost', origin: 'app' }]);
	expect(await open().verify()).toEqual({ entries: 3, brokenAt: null, isSealChecked: true });
});

test('a log that was wiped with its seal and its key does not begin as if the database were new', () => {
	audit.record(act());
	edit((client) => client.exec("delete from audit_entry; delete from audit_seal; delete from sqlite_sequence; delete from secret where name = 'auditKey'"));
	expect(open(true).list({ ...all, before: null, limit: 9 }).entries).toMatchObject([{ id: 1, act: 'sealLost', origin: 'app' }]);
});

test('while the keychain with its key is away the log goes on, and is sealed when that is back', async () => {
	const keychain = { isAvailable: () => true, seal: (text: string) => Buffer.from(text), open: (sealed: Buffer) => sealed.toString() };
	edit((client) => client.exec("delete from audit_entry; delete from audit_seal; delete from sqlite_sequence; delete from secret where name = 'auditKey'"));
	open(false, keychain).record(act());
	const away = open(true);
	away.record(act());
	away.record(act());
	expect(await away.verify()).toEqual({ entries: 4, brokenAt: null, isSealChecked: false });
	const back = open(true, keychain);
	expect(await back.verify()).toEqual({ entries: 5, brokenAt: null, isSealChecked: true });
	expect(back.list({ ...all, before: null, limit: 1 }).entries).toMatchObject([{ id: 5, act: 'sealedLate', subject: '3-4', origin: 'app' }]);
	// What was sealed before it went away is still proved, and what is put behind it must follow it.
	edit((client) => client.exec("update audit_entry set result = 'forged' where id = 2"));
	open(true).record(act());
	expect((await open(true).verify()).brokenAt).toBe(2);
	expect((await open(true, keychain).verify()).brokenAt).toBe(2);
});

test('what is cut off while the keychain is away is found', async () => {
	const keychain = { isAvailable: () => true, seal: (text: string) => Buffer.from(text), open: (sealed: Buffer) => sealed.toString() };
	edit((client) => client.exec("delete from audit_entry; delete from audit_seal; delete from sqlite_sequence; delete from secret where name = 'auditKey'"));
	const audited = open(false, keychain);
	for (let n = 0; n < 4; n++) audited.record(act());
	edit((client) => client.exec('delete from audit_entry where id > 3'));
	open(true).record(act());
	expect((await open(true).verify()).brokenAt).not.toBeNull();
	expect((await open(true, keychain).verify()).brokenAt).not.toBeNull();
});

test('what cannot be written down is told, holds the next audited act back, and is written as soon as it can be', async () => {
	const { $client } = database.db;
	$client.exec("create trigger full before insert on audit_entry begin select raise(abort, 'no room'); end");
	audit.record(act({ subject: 'first' }));
	now += 5000;
	expect(lines.join()).toContain('could not be written to the audit log');
	expect(() => audit.refuseUnrecorded()).toThrow('no room');
	$client.exec('drop trigger full');
	audit.refuseUnrecorded();
	audit.record(act({ subject: 'second' }));
	expect(audit.list({ ...all, act: 'accounts', before: null, limit: 10 }).entries.map(({ subject, at }) => [subject, at])).toEqual([
		['second', now],
		['first', now - 5000],
	]);
	expect(await audit.verify()).toEqual({ entries: 3, brokenAt: null, isSealChecked: true });
});
