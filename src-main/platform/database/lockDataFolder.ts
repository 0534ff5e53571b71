import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StartRefusal } from '../paths/StartRefusal.ts';

/** Kept reachable: a collected connection closes, and its lock is gone. */
const held = new Set<Database.Database>();

/**
 * Makes this process the only one that works on `folder`, until `release` or its end, however it ends.
 *
 * The lock is the operating system's own lock on a side file, which SQLite holds as an open write transaction: there is no stale
 * lock to judge by a process id that another program may have by now. Do not open `homeroom.lock` in this process by other
 * means: on POSIX systems closing any handle of a file drops the locks that its process holds on it.
 *
 * @throws StartRefusal that names the process which has the folder.
 */
export function lockDataFolder(folder: string): { release(): void } {
	const file = join(folder, 'homeroom.lock');
	const client = openLockFile(file);
	try {
		client.exec('create table if not exists holder (pid integer not null, since integer not null)');
		client.exec('BEGIN IMMEDIATE');
		client.exec('delete from holder');
		client.prepare('insert into holder (pid, since) values (?, ?)').run(process.pid, Date.now());
		client.exec('COMMIT');
		// The row is committed first, since others can read only what is; then the lock is taken again, for good.
		client.exec('BEGIN IMMEDIATE');
	} catch (error) {
		const refusal = refusalOf(error, client, folder);
		client.close();
		throw refusal;
	}
	held.add(client);
	return {
		release: () => {
			held.delete(client);
			client.close();
		},
	};
}

function openLockFile(file: string): Database.Database {
	try {
		return new Database(file, { timeout: 0 });
	} catch (error) {
		throw new StartRefusal(
			'dataFolderUnusable',
			`Homeroom cannot write in its data folder: ${file} cannot be opened. Check the folder's permissions, or start with another one: --data FOLDER.`,
			error,
		);
	}
}

function refusalOf(error: unknown, client: Database.Database, folder: string): StartRefusal {
	if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
		return new StartRefusal(
			'dataFolderInUse',
			`Homeroom is running already with the data folder ${folder}${readHolder(client)}. Nothing was changed. Use that one, close it first, or start with another folder: --data FOLDER.`,
			error,
		);
	}
	return new StartRefusal(
		'dataFolderUnusable',
		`Homeroom cannot lock its data folder ${folder}. Nothing was changed. Check that the disk is not full and that you may write there.`,
		error,
	);
}

function readHolder(client: Database.Database): string {
	try {
		const pid = client.prepare('select pid from holder').pluck().get();
		return pid === undefined ? '' : ` (process ${pid})`;
	} catch {
		// The other process is just writing its row.
		return '';
	}
}
