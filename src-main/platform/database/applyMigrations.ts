import type Database from 'better-sqlite3';
import type { AppliedMigrations } from './planMigrations.ts';
import type { Migration } from './readMigrations.ts';

const historyTable = 'applied_migration';

/** Reads which migrations the database went through; an empty file went through none. */
export function readApplied(client: Database.Database): AppliedMigrations {
	const version = Number(client.pragma('user_version', { simple: true }));
	const tables = client.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'").pluck().all();
	const hashes = tables.includes(historyTable) ? client.prepare(`select hash from ${historyTable} order by version`).pluck().all().map(String) : [];
	return { version, hashes, hasTables: tables.length > 0 };
}

/**
 * Applies `migrations` and records `version`, all in one transaction: at any instant the file holds the old tables or the new.
 *
 * Foreign keys are off meanwhile, as SQLite asks for when tables are made anew (otherwise dropping the old one would delete the
 * rows that refer to it); they are checked as a whole before the commit.
 */
export function applyMigrations(client: Database.Database, migrations: readonly Migration[], version: number): void {
	// Has no effect inside a transaction, so it stands before it.
	client.pragma('foreign_keys = OFF');
	client.exec('BEGIN IMMEDIATE');
	try {
		client.exec(`create table if not exists ${historyTable} (version integer primary key, tag text not null, hash text not null, applied_at integer not null)`);
		const record = client.prepare(`insert into ${historyTable} (version, tag, hash, applied_at) values (?, ?, ?, ?)`);
		const before = version - migrations.length;
		for (const [index, { tag, hash, statements }] of migrations.entries()) {
			for (const statement of statements) client.exec(statement);
			record.run(before + index + 1, tag, hash, Date.now());
		}
		const broken = client.prepare('PRAGMA foreign_key_check').get();
		if (broken) throw new Error(`a row refers to one that is gone: ${JSON.stringify(broken)}`);
		client.exec(`PRAGMA user_version = ${version}`);
		client.exec('COMMIT');
	} finally {
		if (client.inTransaction) client.exec('ROLLBACK');
		client.pragma('foreign_keys = ON');
	}
}
