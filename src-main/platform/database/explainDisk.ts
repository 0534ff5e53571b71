import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { DrizzleError } from 'drizzle-orm';
import { type ErrorData, failure, isFailure } from '#contract/errors.ts';

/** Room that the database should have before work goes on; SQLite does not say how much it lacked. */
const workingRoomBytes = 64 * 1024 * 1024;

const reasons: Readonly<Record<string, ErrorData<'DISK_FAILED'>['reason']>> = { IOERR: 'io', READONLY: 'readOnly', BUSY: 'busy', LOCKED: 'busy' };

/**
 * Turns what SQLite says of the disk into the failure that people read: DISK_FULL, or DISK_FAILED where the file cannot be read or
 * written, or another program holds it. Every other error is handed back as it is.
 */
export function explainDisk(error: unknown, file: string): unknown {
	// Drizzle wraps what goes wrong in a statement written as text.
	const cause = error instanceof DrizzleError ? error.cause : error;
	if (isFailure(cause)) return cause;
	if (!(cause instanceof Database.SqliteError)) return error;
	// An extended code, such as SQLITE_IOERR_WRITE, begins with that of its kind.
	const [, kind] = cause.code.split('_');
	if (kind === 'FULL') return failure('DISK_FULL', { neededBytes: workingRoomBytes, freeBytes: freeBytes(file) }, error);
	const reason = reasons[kind ?? ''];
	return reason === undefined ? error : failure('DISK_FAILED', { reason }, error);
}

function freeBytes(file: string): number {
	try {
		const disk = statfsSync(dirname(file));
		return disk.bavail * disk.bsize;
	} catch {
		return 0;
	}
}
