import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyMigrations } from './applyMigrations.ts';
import { configureConnection } from './configureConnection.ts';
import { findPending } from './migrate.ts';
import { openDatabase } from './openDatabase.ts';
import { readMigrations } from './readMigrations.ts';
import { migrationsFolder } from './temporaryDatabase.ts';

const log = pino({ enabled: false });
let root: string;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'homeroom-migrate-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What drizzle-kit writes where a column changes: the table made anew, and another table's rows refer to it. */
const remadeTable = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_assignment\` (\`id\` text PRIMARY KEY NOT NULL, \`owner_id\` text NOT NULL, \`title\` text NOT NULL, \`subject\` text, \`grade_level\` text NOT NULL, \`feedback_language\` text NOT NULL, \`model_id\` text, \`job_id\` text, \`columns\` text NOT NULL, \`mapping\` text NOT NULL, \`created_at\` integer NOT NULL, \`deleted_at\` integer, \`adapter\` text, \`class_id\` text, \`blind\` integer NOT NULL);--> statement-breakpoint
INSERT INTO \`__new_assignment\` SELECT * FROM \`assignment\`;--> statement-breakpoint
DROP TABLE \`assignment\`;--> statement-breakpoint
ALTER TABLE \`__new_assignment\` RENAME TO \`assignment\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;`;

/** The shipped migrations and two later ones. */
function laterMigrations(): string {
	return withMigrations('later', [
		['later_one', remadeTable],
		['later_two', 'ALTER TABLE `account` ADD `note` text;--> statement-breakpoint\nCREATE INDEX `account_note` ON `account` (`note`);'],
	]);
}

function withMigrations(name: string, more: [tag: string, text: string][]): string {
	const folder = join(root, name);
	cpSync(migrationsFolder, folder, { recursive: true });
	const journalFile = join(folder, 'meta', '_journal.json');
	const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
	for (const [index, [tag, text]] of more.entries()) {
		writeFileSync(join(folder, `${tag}.sql`), text);
		journal.entries.push({ idx: journal.entries.length, version: '6', when: index, tag, breakpoints: true });
	}
	writeFileSync(journalFile, JSON.stringify(journal));
	return folder;
}

/** A database of the shipped version with a row in one table and one that refers to it. */
function oldDatabase(name: string): string {
	const folder = join(root, name);
	mkdirSync(folder);
	const file = join(folder, 'homeroom.db');
	const { db, close } = openDatabase({ file, migrationsFolder, log });
	db.$client.exec(`insert into assignment values ('a', 'o', 't', '', '', 'auto', null, null, '[]', '{}', 1, null, null, null, 0);
		insert into submission (id, assignment_id, row, student_id, student_name, cells) values ('s', 'a', 2, '1', 'Ann', '["four"]');`);
	close();
	return file;
}

function contentOf(file: string) {
	const client = new Database(file);
	try {
		return {
			version: client.pragma('user_version', { simple: true }),
			schema: client.prepare('select name, sql from sqlite_schema order by name').all(),
			rows: client.prepare('select assignment.id, submission.cells from assignment join submission on assignment_id = assignment.id').all(),
			check: client.pragma('quick_check', { simple: true }),
		};
	} finally {
		client.close();
	}
}

test('makes a table anew without losing the rows that refer to it', () => {
	const file = oldDatabase('data');
	const { db, close } = openDatabase({ file, migrationsFolder: laterMigrations(), log });
	expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1);
	close();
	expect(contentOf(file)).toMatchObject({ version: readMigrations(migrationsFolder).length + 2, rows: [{ id: 'a', cells: '["four"]' }], check: 'ok' });
});

test('L3 a migration cut before or after any of its statements leaves the old tables or the new, never something between', () => {
	const later = laterMigrations();
	const old = oldDatabase('old');
	const before = contentOf(old);
	const whole = oldDatabase('whole');
	openDatabase({ file: whole, migrationsFolder: later, log }).close();
	const after = contentOf(whole);
	expect(after).not.toEqual(before);

	const seen = { old: 0, new: 0 };
	let reachedEnd = false;
	for (let cut = 1; !reachedEnd; cut++) {
		const file = join(root, `cut-${cut}.db`);
		copyFileSync(old, file);
		const image = join(root, `image-${cut}.db`);
		reachedEnd = migrateCut(file, later, cut, image);
		if (reachedEnd) continue;
		// The image is what the disk held at that instant, the other is what the app goes on with after an error.
		expect([before, after]).toContainEqual(contentOf(file));
		const afterCrash = contentOf(image);
		expect([before, after]).toContainEqual(afterCrash);
		seen[afterCrash.version === before.version ? 'old' : 'new'] += 1;
		openDatabase({ file: image, migrationsFolder: later, log }).close();
		expect(contentOf(image)).toEqual(after);
	}
	expect(seen.old).toBeGreaterThan(20);
	expect(seen.new).toBeGreaterThan(0);
});

/** Migrates `file`, throwing at the instant `cut`: before and after each statement there is one. Copies the files as they are then to `image`. */
function migrateCut(file: string, folder: string, cut: number, image: string): boolean {
	const client = new Database(file);
	configureConnection(client);
	const pending = findPending(client, folder);
	if (!pending) throw new Error('there was nothing to migrate');
	const exec = client.exec.bind(client);
	let instant = 0;
	const pass = () => {
		instant += 1;
		if (instant !== cut) return;
		copyFileSync(file, image);
		if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${image}-wal`);
		throw new Error('cut');
	};
	client.exec = (source) => {
		if (source === 'ROLLBACK') return exec(source);
		pass();
		const result = exec(source);
		pass();
		return result;
	};
	try {
		applyMigrations(client, pending.migrations, pending.version);
		return true;
	} catch (error) {
		if (!(error instanceof Error) || error.message !== 'cut') throw error;
		return false;
	} finally {
		client.close();
	}
}

test('L3 a migration whose process is killed at a statement leaves the old tables, with the copy beside them', () => {
	const later = laterMigrations();
	const script = fileURLToPath(new URL('./killedMigration.ts', import.meta.url));
	const cuts = process.env.HOMEROOM_SOAK ? Array.from({ length: 12 }, (_, index) => index + 1) : [1, 3, 6, 10];
	for (const cut of cuts) {
		const file = oldDatabase(`killed-${cut}`);
		const before = contentOf(file);
		const { signal } = spawnSync(process.execPath, [script, file, later, String(cut)]);
		expect(signal).toBe('SIGKILL');
		expect(contentOf(file)).toEqual(before);
		expect(contentOf(`${file}.before-${readMigrations(later).length}`)).toEqual(before);
	}
});

test('copies a file that held anything before its migration, and keeps the newest three copies', () => {
	const file = oldDatabase('data');
	const copyOf = (version: number) => `${file}.before-${version}`;
	const shipped = readMigrations(migrationsFolder).length;
	expect(existsSync(copyOf(shipped))).toBe(false);
	const before = contentOf(file);
	const more: [string, string][] = [];
	for (let n = 1; n <= 4; n++) {
		more.push([`more_${n}`, `CREATE TABLE more_${n} (id integer);`]);
		openDatabase({ file, migrationsFolder: withMigrations(`upto-${n}`, more), log }).close();
		if (n === 1) expect(contentOf(copyOf(shipped + 1))).toEqual(before);
	}
	expect([1, 2, 3, 4].map((n) => existsSync(copyOf(shipped + n)))).toEqual([false, true, true, true]);
	openDatabase({ file, migrationsFolder: withMigrations('again', more), log }).close();
	expect(existsSync(copyOf(shipped + 5))).toBe(false);
});

test('refuses in words, and changes nothing, where a migration fails or leaves a row without what it refers to', () => {
	const file = oldDatabase('data');
	const before = contentOf(file);
	for (const broken of ['CREATE TABLE x (id);--> statement-breakpoint\nNO SQL AT ALL;', 'DELETE FROM assignment;']) {
		const folder = withMigrations(`broken-${broken.length}`, [['broken', broken]]);
		expect(() => openDatabase({ file, migrationsFolder: folder, log })).toThrow(/could not be brought up to date .*Nothing was changed/);
		expect(contentOf(file)).toEqual(before);
	}
});
