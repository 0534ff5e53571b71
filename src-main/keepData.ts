import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BackupSummary } from '#contract/backup.ts';
import { failure, isFailure } from '#contract/errors.ts';
import about from '../package.json' with { type: 'json' };
import { ownerOf } from './features/accounts/ownerOf.ts';
import { wasUsed } from './features/accounts/wasUsed.ts';
import { Audit } from './features/audit/audit.ts';
import { nameBackup } from './features/backup/autoBackups.ts';
import { backupCopy } from './features/backup/backupCopy.ts';
import { leftOut } from './features/backup/leftOut.ts';
import { RestoreFolder } from './features/backup/RestoreFolder.ts';
import { lookInto, stageRestore } from './features/backup/stageRestore.ts';
import { writeBackup } from './features/backup/writeBackup.ts';
import { copyDatabase, openToCopy } from './platform/database/copyDatabase.ts';
import { lockDataFolder } from './platform/database/lockDataFolder.ts';
import { openDatabase } from './platform/database/openDatabase.ts';
import type { Paths } from './platform/paths/paths.ts';
import { StartRefusal } from './platform/paths/StartRefusal.ts';
import { Secrets } from './platform/secrets/Secrets.ts';

export interface Watch {
	signal: AbortSignal;
	onProgress: (fraction: number) => void;
}

/** Why something is not in the audit log, in words for people; null where it is. */
interface Kept {
	unrecorded: string | null;
}

/** Backup and restore, as the command line asks for them. */
export interface Keep {
	/** Writes a backup to a file, or into a folder under a name of its own; gives where it is. Throws what the disk says. */
	backUp(
		wish: { to: string; isFolder: boolean; withModels: boolean; password: string | null },
		watch: Watch,
	): Promise<Kept & { to: string; sizeBytes: number; files: number }>;
	look(path: string, password: string | null): Promise<BackupSummary>;
	/** Unpacks and checks a backup; the next start puts it in the place of what is there. Throws BACKUP_INVALID, DISK_FULL, what the disk says. */
	restore(from: { path: string; password: string | null }, watch: Watch): Promise<Kept>;
}

/**
 * Backup and restore on a data folder that no Homeroom runs on, under its lock: what is done is written into the audit log as the app would, since
 * nobody else writes there meanwhile. A folder whose database cannot be opened is backed up and restored all the same, or nothing could rescue it.
 */
export function keepData(paths: Paths): Keep {
	return {
		async backUp({ to, isFolder, withModels, password }, { signal, onProgress }) {
			if (!existsSync(paths.database)) throw failure('FILE_NOT_FOUND', { path: paths.database });
			const createdAt = Date.now();
			const target = isFolder ? join(to, nameBackup(new Date(createdAt), { isAuto: false, isSealed: password !== null })) : to;
			const database = backupCopy(paths.data, process.pid);
			try {
				// Once the database is copied, Homeroom may be opened: it changes nothing of the rest that a backup could not take.
				const unrecorded = await alone(paths, { act: 'backup.start', detail: `withModels=${withModels}` }, () => copyAlone(paths, database, signal));
				const order = { dataFolder: paths.data, database, to: target, withModels, password, version: about.version, createdAt };
				return { to: target, unrecorded, ...(await writeBackup(order, { signal, onProgress })) };
			} finally {
				await rm(database, { force: true });
			}
		},
		look: lookInto,
		async restore(from, watch) {
			const order = { ...from, dataFolder: paths.data, migrationsFolder: paths.migrations };
			return { unrecorded: await alone(paths, { act: 'backup.restore', detail: null }, () => stageRestore(order, watch)) };
		},
	};
}

/** Does something to the data folder under its lock, then writes down how it ended; gives why it could not be written. Throws as `act` does. */
async function alone(paths: Paths, done: { act: string; detail: string | null }, act: () => Promise<void>): Promise<string | null> {
	const lock = lockDataFolder(paths.data);
	try {
		const restoring = new RestoreFolder(paths.data);
		const finished = restoring.isCutShort ? restoring.swap() : null;
		if (finished) record(paths, { act: 'dataReplaced', detail: `act=${finished.act}`, result: 'ok' });
		try {
			await act();
		} catch (error) {
			record(paths, { ...done, result: isFailure(error) ? error.code : 'INTERNAL' });
			throw error;
		}
		return record(paths, { ...done, result: 'ok' });
	} finally {
		lock.release();
	}
}

async function copyAlone(paths: Paths, to: string, signal: AbortSignal): Promise<void> {
	const client = openToCopy(paths.database);
	try {
		await copyDatabase(client, to, { statements: leftOut, signal });
	} finally {
		client.close();
	}
}

/** Writes one entry into the audit log, under the lock of the data folder; gives why it could not be written. */
function record(paths: Paths, entry: { act: string; detail: string | null; result: string }): string | null {
	if (!existsSync(paths.database)) return null;
	const log = pino({ enabled: false });
	try {
		const { db, close } = openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
		try {
			const secrets = new Secrets({ db, keyFile: paths.secretsKey, log });
			const audit = new Audit({ db, secrets, log, nameOf: () => null, wasUsed: () => wasUsed(db) });
			audit.record({ accountId: ownerOf(db), subject: null, origin: 'commandLine', ...entry });
			audit.refuseUnrecorded();
			return null;
		} finally {
			close();
		}
	} catch (error) {
		if (error instanceof StartRefusal || isFailure(error)) return error.message;
		throw error;
	}
}
