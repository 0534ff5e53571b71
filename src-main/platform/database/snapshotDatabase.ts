import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { createPrivately } from './copyDatabase.ts';

const keptCopies = 3;

/**
 * Copies the whole database to `<its file>.before-<version>` and keeps the newest three such copies.
 *
 * The copy bears its name only once it is whole and on the disk. An older copy of the same name, from an attempt that was cut
 * short, is replaced.
 */
export function snapshotDatabase(client: Database.Database, version: number): string {
	const file = client.name;
	const copy = `${file}.before-${version}`;
	copyDatabase(client, copy);
	dropOldCopies(file);
	return copy;
}

/** Copies the whole database, whoever works with it meanwhile, to a file that bears its name only once it is whole and on the disk. */
export function copyDatabase(client: Database.Database, copy: string): void {
	const partial = `${copy}.partial`;
	rmSync(partial, { force: true });
	try {
		createPrivately(partial);
		client.prepare('VACUUM INTO ?').run(partial);
		// VACUUM INTO does not sync what it wrote.
		syncToDisk(partial);
		renameSync(partial, copy);
	} catch (error) {
		rmSync(partial, { force: true });
		throw error;
	}
	if (process.platform !== 'win32') syncToDisk(dirname(copy));
}

/** The version that the copy `name` was made before, or null when `name` is not a copy of `file`. */
export function versionAfter(file: string, name: string): number | null {
	const prefix = `${basename(file)}.before-`;
	const digits = name.startsWith(prefix) ? name.slice(prefix.length) : '';
	return /^\d+$/.test(digits) ? Number(digits) : null;
}

function dropOldCopies(file: string): void {
	const folder = dirname(file);
	const versions = readdirSync(folder)
		.map((name) => versionAfter(file, name))
		.filter((version) => version !== null)
		.sort((a, b) => b - a);
	for (const version of versions.slice(keptCopies)) rmSync(`${join(folder, basename(file))}.before-${version}`, { force: true });
}

function syncToDisk(path: string): void {
	// Windows flushes only what was opened for writing; folders can only be opened for reading.
	const descriptor = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
