import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { type OpenedDatabase, openDatabase } from './openDatabase.ts';

/** The migrations that ship with the app. */
export const migrationsFolder = fileURLToPath(new URL('../../../resources/migrations', import.meta.url));

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
