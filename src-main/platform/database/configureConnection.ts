import Database from 'better-sqlite3';
import { StartRefusal } from '../paths/StartRefusal.ts';

/** The first SQLite without the WAL-reset bug (reliability.md A2), which could lose committed rows. */
const oldestSqlite = [3, 51, 3] as const;

const busyWaitMs = 5_000;

/** Every setting and the value that must be read back. `PRAGMA` takes words but answers with numbers. */
const settings: readonly { name: string; set: string; expected: number | string; only?: NodeJS.Platform }[] = [
	{ name: 'journal_mode', set: 'WAL', expected: 'wal' },
	// The library opens an existing WAL file at NORMAL, which may roll back commits on power loss.
	{ name: 'synchronous', set: 'FULL', expected: 2 },
	// An ordinary fsync on macOS does not reach the disk.
	{ name: 'fullfsync', set: 'ON', expected: 1, only: 'darwin' },
	{ name: 'foreign_keys', set: 'ON', expected: 1 },
	{ name: 'busy_timeout', set: String(busyWaitMs), expected: busyWaitMs },
	// Without it `insert or replace` deletes rows past the triggers that keep tables which are only ever added to.
	{ name: 'recursive_triggers', set: 'ON', expected: 1 },
	{ name: 'trusted_schema', set: 'OFF', expected: 0 },
];

/**
 * Sets what every connection of the app relies on and reads each setting back.
 *
 * @throws StartRefusal naming the setting that did not take, such as WAL on a network drive that cannot hold it.
 */
export function configureConnection(client: Database.Database): void {
	for (const { name, set, expected, only } of settings) {
		if (only !== undefined && only !== process.platform) continue;
		client.pragma(`${name} = ${set}`);
		const actual = client.pragma(name, { simple: true });
		if (actual !== expected) {
			throw new StartRefusal(
				'sqliteUnfit',
				`Homeroom's database ${client.name} cannot be used safely: ${name} is ${actual} and must be ${expected}. Nothing was changed. Keep the data folder on a local disk.`,
			);
		}
	}
}

/**
 * Makes sure that the SQLite in this build is not one that loses commits.
 *
 * @throws StartRefusal naming both versions.
 */
export function checkSqliteVersion(version = readSqliteVersion()): void {
	if (isAtLeast(version, oldestSqlite)) return;
	throw new StartRefusal(
		'sqliteUnfit',
		`This build of Homeroom carries SQLite ${version}, which can lose data; ${oldestSqlite.join('.')} or newer is needed. Nothing was opened. Install Homeroom again.`,
	);
}

function readSqliteVersion(): string {
	const memory = new Database(':memory:');
	try {
		return String(memory.prepare('select sqlite_version()').pluck().get());
	} finally {
		memory.close();
	}
}

function isAtLeast(version: string, oldest: readonly number[]): boolean {
	const parts = version.split('.').map(Number);
	for (const [index, wanted] of oldest.entries()) {
		const part = parts[index] ?? 0;
		if (part !== wanted) return part > wanted;
	}
	return true;
}
