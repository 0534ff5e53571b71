import { closeSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';

/** So many pages are copied before the app goes on with other work: 4 MiB of the usual size. */
const pagesAtOnce = 1024;

/**
 * Copies a database into a new file while the app works on it (SQLite's online backup): the copy is what the database is when the copying ends.
 *
 * Then `statements` are run on the copy alone, which this user of the system alone can read. A file at `to` is replaced; what was begun is deleted
 * where it fails.
 *
 * @throws the reason of `signal`; SqliteError.
 */
export async function copyDatabase(
	client: Database.Database,
	to: string,
	options: { statements?: readonly string[]; signal?: AbortSignal; onProgress?: (fraction: number) => void } = {},
): Promise<void> {
	const { statements = [], signal, onProgress } = options;
	removeDatabase(to);
	try {
		createPrivately(to);
		await client.backup(to, {
			progress({ totalPages, remainingPages }) {
				signal?.throwIfAborted();
				onProgress?.(totalPages === 0 ? 1 : 1 - remainingPages / totalPages);
				return pagesAtOnce;
			},
		});
		const copy = new Database(to);
		try {
			// One file, without a log beside it.
			copy.pragma('journal_mode = DELETE');
			for (const statement of statements) copy.exec(statement);
		} finally {
			copy.close();
		}
	} catch (error) {
		removeDatabase(to);
		throw error;
	}
}

/** Makes an empty file for a database: SQLite would make it readable by others. */
export function createPrivately(file: string): void {
	closeSync(openSync(file, 'wx', 0o600));
}

/** Opens a database that another process may have open, only to read and copy it. */
export function openToCopy(file: string): Database.Database {
	return new Database(file, { readonly: true, fileMustExist: true });
}

/** Deletes a database with what SQLite keeps beside it. */
function removeDatabase(file: string): void {
	for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
}
