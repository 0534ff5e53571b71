import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { StartRefusal } from '../paths/StartRefusal.ts';
import { versionAfter } from './snapshotDatabase.ts';

/**
 * Lets SQLite check the whole file before anything is read from it or written to it.
 *
 * @throws StartRefusal that names the file, what SQLite found first, and the newest copy beside it if there is one.
 */
export function checkIntegrity(client: Database.Database): void {
	const fault = findFault(client);
	if (fault === null) return;
	const file = client.name;
	const copy = newestCopy(file);
	throw new StartRefusal(
		'databaseDamaged',
		`Homeroom's database ${file} is damaged (${fault}). The file was kept as it is. Move it to another place, keep it, and start again: Homeroom then begins with an empty one${
			copy ? `, or with the copy ${copy} once you have renamed it to ${basename(file)}` : ''
		}.`,
	);
}

function findFault(client: Database.Database): string | null {
	try {
		const answer = client.prepare('PRAGMA quick_check(1)').pluck().get();
		return answer === 'ok' ? null : String(answer);
	} catch (error) {
		if (error instanceof Database.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')) return error.message;
		throw new StartRefusal(
			'databaseUnusable',
			`Homeroom cannot read its database ${client.name}. Nothing was changed. Check the disk and that no other program holds the file.`,
			error,
		);
	}
}

function newestCopy(file: string): string | null {
	const copies = readdirSync(dirname(file)).map((name) => ({ name, version: versionAfter(file, name) }));
	const newest = copies.filter((copy) => copy.version !== null).sort((a, b) => Number(b.version) - Number(a.version))[0];
	return newest ? join(dirname(file), newest.name) : null;
}
