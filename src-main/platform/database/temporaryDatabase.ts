import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { type OpenedDatabase, openDatabase } from './openDatabase.ts';

/** The migrations that ship with the app. */
export const migrationsFolder = fileURLToPath(new URL('../../../resources/migrations', import.meta.url));

/** Copies the first so many of them into a folder, for a test that fills the tables of an earlier Homeroom; gives its path. */
export function firstMigrations(count: number, folder: string): string {
	const first = join(folder, `first-${count}-migrations`);
	cpSync(migrationsFolder, first, { recursive: true });
	const journalFile = join(first, 'meta', '_journal.json');
	const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
	writeFileSync(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
	return first;
}

/** Opens a real database with the real migrations in a folder of its own, for a test; `remove` closes it and deletes the folder. */
export function temporaryDatabase(): OpenedDatabase & { folder: string; file: string; remove(): void } {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-db-'));
	const file = join(folder, 'homeroom.db');
	const opened = openDatabase({ file, migrationsFolder, log: pino({ enabled: false }) });
	const remove = () => {
		opened.close();
		rmSync(folder, { recursive: true, force: true });
	};
	return { ...opened, folder, file, remove };
}
