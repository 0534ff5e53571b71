import { type Failure, failure } from '#contract/errors.ts';

/** The system's code of an error of the disk, such as `ENOSPC`; null for any other error. */
export function diskCode(error: unknown): string | null {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * Puts an error of the disk that was met while writing into the failure that people read: DISK_FULL, with what was needed and what is
 * free, or DISK_FAILED. Null for what is not the disk's fault.
 */
export function diskFailure(error: unknown, room: { neededBytes: number; freeBytes: number }): Failure | null {
	switch (diskCode(error)) {
		case 'ENOSPC':
		case 'EDQUOT':
			return failure('DISK_FULL', room, error);
		case 'EACCES':
		case 'EPERM':
			return failure('DISK_FAILED', { reason: 'noPermission' }, error);
		case 'EROFS':
			return failure('DISK_FAILED', { reason: 'readOnly' }, error);
		case 'EFBIG':
			return failure('DISK_FAILED', { reason: 'fileTooBig' }, error);
		case 'EIO':
			return failure('DISK_FAILED', { reason: 'io' }, error);
		case 'ENOENT':
		case 'ENOTDIR':
		case 'ENODEV':
		case 'ENXIO':
		case 'ESTALE':
			return failure('DISK_FAILED', { reason: 'gone' }, error);
		default:
			return null;
	}
}
