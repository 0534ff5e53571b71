import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { firstMigrations, migrationsFolder } from '../../platform/database/temporaryDatabase.ts';
import { manifestName } from './manifest.ts';
import { RestoreFolder } from './RestoreFolder.ts';
import { lookInto, stageRestore } from './stageRestore.ts';
import { writeBackup } from './writeBackup.ts';

const log = pino({ enabled: false });
let folder: string;
/** The database of the newest app, whole. */
let database: string;
let data: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-stage-'));
	database = makeDatabase('newest.db', migrationsFolder);
});
beforeEach(() => {
	data = join(folder, 'data');
	rmSync(data, { recursive: true, force: true });
	mkdirSync(join(data, 'finetune', 'adapters'), { recursive: true });
	mkdirSync(join(data, 'models'));
	writeFileSync(join(data, 'finetune', 'adapters', 'a.gguf'), 'an adapter');
	writeFileSync(join(data, 'finetune', 'half.part'), 'not whole');
	writeFileSync(join(data, 'models', '千问.gguf'), 'a model');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function makeDatabase(name: string, migrations: string): string {
	const file = join(folder, name);
	openDatabase({ file, migrationsFolder: migrations, log }).close();
	return file;
}

const write = (more: Partial<Parameters<typeof writeBackup>[0]> = {}) => {
	const to = join(folder, 'backup.zip');
	const order = { dataFolder: data, database, to, withModels: true, password: null, version: '1.2', createdAt: 5, ...more };
	return writeBackup(order).then((written) => ({ ...written, to: order.to }));
};
const stage = (path: string, password: string | null = null) => stageRestore({ path, password, dataFolder: data, migrationsFolder });

/** An archive of these files with a list of them that is right, but for what `change` makes of it. */
function archiveOf(
	files: Record<string, string | Buffer>,
	change: (list: { path: string; sizeBytes: number; modifiedAt: number; sha256: string }[]) => unknown[] = (list) => list,
) {
	const list = Object.entries(files).map(([path, text]) => ({
		path,
		sizeBytes: Buffer.from(text).length,
		modifiedAt: 1,
		sha256: createHash('sha256').update(text).digest('hex'),
	}));
	const told = { format: 'homeroom-backup', version: 1, homeroom: '1', createdAt: 1, withModels: false, files: change(list) };
	const all = { ...files, [manifestName]: JSON.stringify(told) };
	return Buffer.from(zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, Buffer.from(text)])), { level: 0 }));
}

test('what was backed up is unpacked as it was, and waits for the next start', async () => {
	const { to, files } = await write();
	expect(files).toBe(3);
	expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
	expect(await lookInto(to, null)).toMatchObject({ createdAt: 5, homeroom: '1.2', withModels: true, files: 3, isSealed: false, modelBytes: 7 });
	await stage(to);
	const restore = new RestoreFolder(data);
	expect(restore.waiting).toEqual({ backedUpAt: 5, from: to, withModels: true, act: 'restore' });
	restore.swap();
	expect(readFileSync(join(data, 'models', '千问.gguf'), 'utf8')).toBe('a model');
	expect(readdirSync(join(data, 'finetune'))).toEqual(['adapters']);
	openDatabase({ file: join(data, 'homeroom.db'), migrationsFolder, log }).close();
});

test('without models their files stay out', async () => {
	const { to } = await write({ withModels: false });
	expect(await lookInto(to, null)).toMatchObject({ withModels: false, files: 2, modelBytes: 0 });
});

test('under a password nothing can be read without it, and a wrong one is told at once', async () => {
	const { to } = await write({ password: 'open sesame', to: join(folder, 'sealed.homeroom') });
	expect(readFileSync(to).includes('homeroom.db')).toBe(false);
	await expect(lookInto(to, null)).rejects.toMatchObject({ data: { reason: 'passwordNeeded', fileName: 'sealed.homeroom' } });
	await expect(stage(to, 'open barley')).rejects.toMatchObject({ data: { reason: 'passwordWrong' } });
	await stage(to, 'open sesame');
	expect(new RestoreFolder(data).waiting).toMatchObject({ backedUpAt: 5 });
	const cut = join(folder, 'cut.homeroom');
	copyFileSync(to, cut);
	truncateSync(cut, 5000);
	await expect(stage(cut, 'open sesame')).rejects.toMatchObject({ data: { reason: 'damaged' } });
});

test('a database of an earlier Homeroom is brought up to date, one of a later is refused', async () => {
	const { to } = await write({ database: makeDatabase('older.db', firstMigrations(9, folder)) });
	await stage(to);
	new RestoreFolder(data).swap();
	expect(readdirSync(data).filter((name) => name.startsWith('homeroom.db'))).toEqual(['homeroom.db']);
	const newer = makeDatabase('newer.db', migrationsFolder);
	const opened = openDatabase({ file: newer, migrationsFolder, log });
	opened.db.$client.pragma('user_version = 999');
	opened.close();
	await expect(stage((await write({ database: newer })).to)).rejects.toMatchObject({ code: 'BACKUP_INVALID', data: { reason: 'newer' } });
	expect([new RestoreFolder(data).waiting, existsSync(join(data, 'restore', 'staged'))]).toEqual([null, false]);
});

const db = () => readFileSync(database);
/** The archive with every mention of a name in place of another of the same length. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
	for (let at = zip.indexOf(from); at !== -1; at = zip.indexOf(from, at + 1)) Buffer.from(to).copy(zip, at);
	return zip;
}
/** The archive with another type of its first file, and with another size that it claims, in its list of contents. */
function patched(zip: Buffer, field: 'type' | 'size', value: number): Buffer {
	const list = zip.indexOf('PK\x01\x02', 0, 'latin1');
	if (field === 'type') {
		zip.writeUInt8(3, list + 5);
		zip.writeUInt32LE((value << 16) >>> 0, list + 38);
	} else for (const at of [list + 20, list + 24]) zip.writeUInt32LE(value, at);
	return zip;
}

test.each<[string, string, () => Buffer]>([
	['is no archive', 'damaged', () => Buffer.from('PK\x03\x04 and no more')],
	['is empty', 'damaged', () => Buffer.alloc(0)],
	['is another archive', 'notBackup', () => Buffer.from(zipSync({ 'a.txt': Buffer.from('a') }))],
	[
		'has a name that leads out of it',
		'hostile',
		() => renamed(archiveOf({ 'homeroom.db': db(), 'finetune/x/evil': 'x' }), 'finetune/x/evil', '../../../../evil'),
	],
	[
		'has a name that leads elsewhere',
		'hostile',
		() => archiveOf({ 'homeroom.db': db(), 'finetune/x/evil': 'x' }, (list) => [...list, { ...list[1], path: '/etc/x' }]),
	],
	['has a name that Windows reads as a stream', 'hostile', () => archiveOf({ 'homeroom.db': db(), 'finetune/a:b': 'x' })],
	['has a name that is a device', 'hostile', () => archiveOf({ 'homeroom.db': db(), 'finetune/NUL.txt': 'x' })],
	['has the key of another machine', 'hostile', () => archiveOf({ 'homeroom.db': db(), 'secrets.key': 'x' })],
	['has two names that some systems take for one', 'hostile', () => archiveOf({ 'homeroom.db': db(), 'finetune/a': 'x', 'finetune/A': 'y' })],
	['has a file twice on its list', 'hostile', () => archiveOf({ 'homeroom.db': db() }, (list) => [...list, ...list])],
	['has a file that is not on its list', 'hostile', () => archiveOf({ 'homeroom.db': db(), 'finetune/a': 'x' }, (list) => list.slice(0, 1))],
	['has a link in it', 'hostile', () => patched(archiveOf({ 'finetune/a': '/etc/passwd', 'homeroom.db': db() }), 'type', 0o120777)],
	['lacks a file of its list', 'damaged', () => archiveOf({ 'homeroom.db': db() }, (list) => [...list, { ...list[0], path: 'finetune/b' }])],
	[
		'has a file of another size',
		'damaged',
		() => archiveOf({ 'finetune/a': 'x', 'homeroom.db': db() }, (list) => list.map((file) => ({ ...file, sizeBytes: 7 }))),
	],
	[
		'claims sizes that are not so',
		'damaged',
		() =>
			patched(
				archiveOf({ 'finetune/a': 'xyz', 'homeroom.db': db() }, ([first, ...rest]) => [{ ...first, sizeBytes: 2 }, ...rest]),
				'size',
				2,
			),
	],
	[
		'has other bytes than it says',
		'damaged',
		() => archiveOf({ 'homeroom.db': db(), 'finetune/a': 'x' }, (list) => list.map((file) => ({ ...file, sha256: '0'.repeat(64) }))),
	],
	[
		'has no database where one should be',
		'damaged',
		() => archiveOf({ 'homeroom.db': 'no database at all, but long enough for SQLite to say so.'.repeat(20) }),
	],
	['is of a later form', 'newer', () => Buffer.from(zipSync({ 'homeroom.db': db(), [manifestName]: Buffer.from('{"format":"homeroom-backup","version":2}') }))],
	['has a list that is none', 'damaged', () => Buffer.from(zipSync({ 'homeroom.db': db(), [manifestName]: Buffer.from('{"files": [') }))],
])('a file that %s is refused, and nothing of it is left', async (_what, reason, make) => {
	const path = join(folder, 'hostile.zip');
	writeFileSync(path, make());
	await expect(stage(path)).rejects.toMatchObject({ code: 'BACKUP_INVALID', data: { reason } });
	expect([new RestoreFolder(data).waiting, existsSync(join(data, 'restore', 'staged')), existsSync(join(folder, '..', 'evil'))]).toEqual([null, false, false]);
});

test('a kill while a backup is written leaves the one that was there, and never half a one', async () => {
	const target = join(folder, 'killed.zip');
	for (let at = 0; at < 8; at++) writeFileSync(join(data, 'models', `${at}.gguf`), Buffer.alloc(4_000_000, at));
	const program = fileURLToPath(new URL('writingKilled.test-support.ts', import.meta.url));
	let cutShort = 0;
	for (const afterMs of [0, 10, 25, 60, 120, 250]) {
		rmSync(target, { force: true });
		const child = spawn(process.execPath, [program, data, database, target], { stdio: ['ignore', 'pipe', 'inherit'] });
		// Listened for from the start: on a fast disk the whole is written before the kill comes.
		const ended = once(child, 'exit');
		await once(child.stdout, 'data');
		await setTimeout(afterMs);
		child.kill('SIGKILL');
		await ended;
		if (existsSync(target)) expect(await lookInto(target, null)).toMatchObject({ files: 11 });
		else cutShort += 1;
	}
	expect(cutShort).toBeGreaterThan(0);
});
