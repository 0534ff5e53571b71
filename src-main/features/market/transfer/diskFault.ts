import { type Failure, failure } from '#contract/errors.ts';
import { diskFailure } from '../../../platform/disk/diskFailure.ts';

/** What the disk said in a thread, where only its code and words can be passed on. */
export class DiskError extends Error {
	readonly code: string;

	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}
}

/** Tells whether `error` is one of the file system's: it names the call that failed. */
export function isDiskError(error: unknown): error is Error & { code: string } {
	return error instanceof DiskError || (error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string');
}

/** Puts what the disk said into the failure that people read. What a disk says and is not known here is `io`. */
export function diskFault(error: { code: string }, room: { neededBytes: number; freeBytes: number }): Failure {
	return diskFailure(error instanceof Error ? error : new DiskError(error.code, error.code), room) ?? failure('DISK_FAILED', { reason: 'io' }, error);
}
