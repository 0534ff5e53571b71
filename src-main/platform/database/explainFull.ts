import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { DrizzleError } from 'drizzle-orm';
import { failure, isFailure } from '#contract/errors.ts';

/** Room that the database should have before work goes on; SQLite does not say how much it lacked. */
const workingRoomBytes = 64 * 1024 * 1024;

/** Turns SQLite's "database or disk is full" into DISK_FULL; every other error is handed back as it is. */
export function explainFull(error: unknown, file: string): unknown {
	// Drizzle wraps what goes wrong in a statement written as text.
	const cause = error instanceof DrizzleError ? error.cause : error;
	if (isFailure(cause)) return cause;
	if (!(cause instanceof Database.SqliteError) || cause.code !== 'SQLITE_FULL') return error;
	return failure('DISK_FULL', { neededBytes: workingRoomBytes, freeBytes: freeBytes(file) }, error);
}

function freeBytes(file: string): number {
	try {
		const disk = statfsSync(dirname(file));
		return disk.bavail * disk.bsize;
	} catch {
		return 0;
	}
}
