import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Logger } from '../log/createLog.ts';
import { StartRefusal } from '../paths/StartRefusal.ts';
import { checkIntegrity } from './checkIntegrity.ts';
import { checkSqliteVersion, configureConnection } from './configureConnection.ts';
import { explainDisk } from './explainDisk.ts';
import { findPending, migrate } from './migrate.ts';
import { refuseUnscoped } from './refuseUnscoped.ts';
import { watchStatements } from './watchStatements.ts';

const alwaysCheckedBytes = 32 * 1024 * 1024;

/** The app's one database connection. */
export type Db = BetterSQLite3Database<Record<string, never>> & { $client: Database.Database };

/** What a transaction hands to its work. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** What a function that reads or writes takes, so that it runs alone or as a part of a transaction. */
export type Store = BaseSQLiteDatabase<'sync', Database.RunResult, Record<string, never>>;

export interface OpenedDatabase {
	db: Db;
	/** Closes the connection; SQLite then folds its log into the file. Safe to repeat. */
	close(): void;
}

/**
 * Opens the app's database, brings its tables up to date and hands out the one connection that the whole app uses.
 *
 * What may be relied on: WAL, synchronous=FULL and foreign keys, read back (reliability.md L3); the file passed
 * SQLite's own check (a large one when it was not closed in order);
 * the tables are those of the newest migration. Migrations run in one transaction, after a copy of a file that held anything.
 * No statement reaches rows of accounts without saying whose (refuseUnscoped.ts).
 * The caller holds the data folder's lock (lockDataFolder.ts).
 *
 * @throws StartRefusal in words for people; the file is then as it was.
 */
export function openDatabase(options: { file: string; migrationsFolder: string; log: Logger }): OpenedDatabase {
	const { file, log } = options;
	checkSqliteVersion();
	const isChecked = needsCheck(file);
	const client = openFile(file);
	try {
		if (isChecked) checkIntegrity(client);
		const pending = findPending(client, options.migrationsFolder);
		// From here on something is written.
		configureConnection(client);
		if (pending) migrate(client, pending, log);
		watchStatements(client, log);
		refuseUnscoped(client);
		return { db: drizzle(client), close: () => client.close() };
	} catch (error) {
		client.close();
		throw error;
	}
}

/**
 * Runs `work` in a transaction that takes the write lock at its start, so that what it reads is still so when it writes.
 *
 * Everything is committed, or on any throw nothing; inside another transaction it becomes a savepoint of it.
 *
 * @throws DISK_FULL where there is no room to write, DISK_FAILED where the file cannot be written to; whatever `work` throws.
 */
export function immediate<T>(db: Db, work: (tx: Tx) => T): T {
	try {
		return transactionOf(db)(work) as T;
	} catch (error) {
		throw explainDisk(error, db.$client.name);
	}
}

/** By connection: to make a transaction's function anew each time costs several times what an empty transaction does. */
const transactions = new WeakMap<Db, (work: (tx: Tx) => unknown) => unknown>();

function transactionOf(db: Db): (work: (tx: Tx) => unknown) => unknown {
	const known = transactions.get(db);
	if (known) return known;
	// What drizzle hands out in a transaction holds nothing of that one.
	const tx = db.transaction((handle) => handle);
	const { immediate: run } = db.$client.transaction((work: (tx: Tx) => unknown) => work(tx));
	transactions.set(db, run);
	return run;
}

/**
 * Runs `work` as `immediate` does, for what is worth nothing without something later: it does not wait until the disk has it.
 *
 * An end of the app takes none of it back. A power cut may, but never while anything is kept that was committed after it: the log is kept
 * in order, and the next `immediate` waits for all of it. Not for what somebody is told was done, and not inside another transaction.
 */
export function immediateUnsynced<T>(db: Db, work: (tx: Tx) => T): T {
	if (db.$client.inTransaction) throw new Error('how long a transaction waits for the disk cannot be changed once it has begun');
	// Every answer over HTTP passes here: `exec` asks a fraction of what `pragma` does.
	db.$client.exec('PRAGMA synchronous = NORMAL');
	try {
		return immediate(db, work);
	} finally {
		db.$client.exec('PRAGMA synchronous = FULL');
	}
}

/** A small file is checked at every start; a large one, where that takes seconds, after an end without `close`, which leaves its log behind. */
function needsCheck(file: string): boolean {
	const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
	return bytes <= alwaysCheckedBytes || existsSync(`${file}-wal`);
}

function openFile(file: string): Database.Database {
	try {
		// Created here, since SQLite would make it readable by others; its side files take over this mode.
		closeSync(openSync(file, 'a', 0o600));
		return new Database(file);
	} catch (error) {
		throw new StartRefusal('databaseUnusable', `Homeroom cannot open its database ${file}. Check that the folder exists and that you may write in it.`, error);
	}
}
