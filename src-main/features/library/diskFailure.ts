import { statfs } from 'node:fs/promises';
import { type Failure, failure, isFailure } from '#contract/errors.ts';
import { diskCode, diskFailure } from '../../platform/disk/diskFailure.ts';

/** Puts an error of the disk that was met while writing to `folder` into DISK_FULL or DISK_FAILED; null for what is not the disk's fault. */
export async function diskFailureAt(error: unknown, folder: string, neededBytes: number): Promise<Failure | null> {
	const found = diskFailure(error, { neededBytes, freeBytes: 0 });
	return isFailure(found, 'DISK_FULL') ? failure('DISK_FULL', { neededBytes, freeBytes: await freeBytes(folder).catch(() => 0) }, error) : found;
}

/** Kept free on the disk of the models folder for everything else on this machine: 2 GiB. */
export const reservedBytes = 2 ** 31;

/** Throws DISK_FULL where `folder` has no room for `neededBytes` and `keptBytes` besides. */
export async function refuseWithoutRoom(folder: string, neededBytes: number, keptBytes: number): Promise<void> {
	const free = await freeBytes(folder);
	if (neededBytes + keptBytes > free) throw failure('DISK_FULL', { neededBytes: neededBytes + keptBytes, freeBytes: free });
}

/** Does `work` that writes to `folder`; what the disk refuses is thrown as DISK_FULL or DISK_FAILED. */
export async function onDisk<T>(folder: string, neededBytes: number, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw (await diskFailureAt(error, folder, neededBytes)) ?? error;
	}
}

async function freeBytes(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}

/** Puts an error of the disk that was met while reading a file into the failure that people read; anything else is left as it is. */
export function readFailure(error: unknown, path: string): unknown {
	switch (diskCode(error)) {
		case 'ENOENT':
		case 'ENOTDIR':
			return failure('FILE_NOT_FOUND', { path }, error);
		case 'EACCES':
		case 'EPERM':
			return failure('FILE_NOT_ALLOWED', { reason: 'noPermission' }, error);
		case 'EISDIR':
			return failure('FILE_NOT_ALLOWED', { reason: 'notAFile' }, error);
		case 'EIO':
		case 'ENXIO':
		case 'ENODEV':
		case 'ESTALE':
			return failure('DISK_FAILED', { reason: 'io' }, error);
		default:
			return error;
	}
}
