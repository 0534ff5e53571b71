import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pino } from 'pino';
import type { BackupSummary } from '#contract/backup.ts';
import type { BackupRefusal } from '#contract/backupRefusal.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { checkRoom } from '../../platform/disk/room.ts';
import { StartRefusal, type StartRefusalReason } from '../../platform/paths/StartRefusal.ts';
import { databaseName } from './manifest.ts';
import { OpenBackup, refused } from './OpenBackup.ts';
import { RestoreFolder } from './RestoreFolder.ts';

export interface RestoreOrder {
	/** Of the backup. */
	path: string;
	password: string | null;
	dataFolder: string;
	migrationsFolder: string;
}

const reasons: Partial<Record<StartRefusalReason, BackupRefusal>> = { databaseNewer: 'newer', databaseOther: 'otherBuild' };

/** What a backup says of itself, without unpacking it. Throws as OpenBackup does. */
export async function lookInto(path: string, password: string | null): Promise<BackupSummary> {
	const backup = await OpenBackup.open(path, password);
	backup.close();
	const { createdAt, homeroom, withModels, files } = backup.manifest;
	const modelBytes = files.filter((file) => file.path.startsWith('models/')).reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
	return { createdAt, homeroom, withModels, files: files.length, isSealed: backup.isSealed, sizeBytes: backup.sizeBytes, modelBytes };
}

/**
 * Unpacks a backup beside the present data, checks every byte of it, brings its tables up to date, and only then lets the next start put it in the
 * place of what is there (RestoreFolder.ts). The present data is not touched.
 *
 * @throws BACKUP_INVALID, FILE_NOT_FOUND, DISK_FULL, what the disk says, the reason of `signal`; then nothing waits for the next start.
 */
export async function stageRestore(
	{ path, password, dataFolder, migrationsFolder }: RestoreOrder,
	options: { signal?: AbortSignal; onProgress?: (fraction: number) => void } = {},
): Promise<void> {
	const folder = new RestoreFolder(dataFolder);
	const backup = await OpenBackup.open(path, password);
	try {
		const { createdAt, withModels } = backup.manifest;
		await checkRoom(dataFolder, { neededBytes: backup.sizeBytes });
		folder.forget();
		const stage = folder.emptyStage();
		for (const part of ['finetune', 'conversions', ...(withModels ? ['models'] : [])]) mkdirSync(join(stage, part), { mode: 0o700 });
		await backup.unpackTo(stage, options);
		bringUpToDate(stage, migrationsFolder, basename(path));
		options.signal?.throwIfAborted();
		folder.markReady({ backedUpAt: createdAt, from: path, withModels });
	} catch (error) {
		folder.forget();
		throw error;
	} finally {
		backup.close();
	}
}

/** Opens the database as a start would: it is checked whole and migrated. */
function bringUpToDate(stage: string, migrationsFolder: string, fileName: string): void {
	try {
		openDatabase({ file: join(stage, databaseName), migrationsFolder, log: pino({ enabled: false }) }).close();
	} catch (error) {
		if (error instanceof StartRefusal) throw refused(fileName, reasons[error.reason] ?? 'damaged', error.message, error);
		throw error;
	}
	// The copy of an older database from before its migration is the backup itself.
	for (const name of readdirSync(stage)) if (name.startsWith(`${databaseName}.before-`)) rmSync(join(stage, name));
}
