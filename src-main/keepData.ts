import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '#contract/errors.ts';
import about from '../package.json' with { type: 'json' };
import { nameBackup } from './features/backup/autoBackups.ts';
import { backupCopy } from './features/backup/backupCopy.ts';
import { leftOut } from './features/backup/leftOut.ts';
import { lookInto, stageRestore } from './features/backup/stageRestore.ts';
import { writeBackup } from './features/backup/writeBackup.ts';
import { copyDatabase, openToCopy } from './platform/database/copyDatabase.ts';
import type { Paths } from './platform/paths/paths.ts';

interface Watch {
	signal: AbortSignal;
	onProgress: (fraction: number) => void;
}

/**
 * Backup and restore for the command line, on the data folder itself: whether Homeroom runs on it or not, since a copy can be read while it works and
 * a restore waits for the next start.
 */
export const keepData = {
	/** Writes a backup to a file, or into a folder under a name of its own; gives where it is. Throws what the disk says. */
	async backUp(paths: Paths, wish: { to: string; isFolder: boolean; withModels: boolean; password: string | null }, { signal, onProgress }: Watch) {
		if (!existsSync(paths.database)) throw failure('FILE_NOT_FOUND', { path: paths.database });
		const createdAt = Date.now();
		const to = wish.isFolder ? join(wish.to, nameBackup(new Date(createdAt), { isAuto: false, isSealed: wish.password !== null })) : wish.to;
		const copy = backupCopy(paths.data, process.pid);
		const client = openToCopy(paths.database);
		try {
			await copyDatabase(client, copy, { statements: leftOut, signal });
			const { withModels, password } = wish;
			const order = { dataFolder: paths.data, database: copy, to, withModels, password, version: about.version, createdAt };
			return { to, ...(await writeBackup(order, { signal, onProgress })) };
		} finally {
			client.close();
			await rm(copy, { force: true });
		}
	},
	look: lookInto,
	/** Unpacks and checks a backup; the next start puts it in the place of what is there. Throws BACKUP_INVALID, DISK_FULL, what the disk says. */
	async restore(paths: Paths, from: { path: string; password: string | null }, watch: Watch): Promise<void> {
		await stageRestore({ ...from, dataFolder: paths.data, migrationsFolder: paths.migrations }, watch);
	},
};
export type KeepData = typeof keepData;
