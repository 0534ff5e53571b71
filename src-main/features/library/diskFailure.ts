import { type Failure, failure, isFailure } from '#contract/errors.ts';
import { diskFailure } from '../../platform/disk/diskFailure.ts';
import { freeBytes } from '../../platform/disk/room.ts';

/** Puts an error of the disk that was met while writing to `folder` into DISK_FULL or DISK_FAILED; null for what is not the disk's fault. */
export async function diskFailureAt(error: unknown, folder: string, neededBytes: number): Promise<Failure | null> {
	const found = diskFailure(error, { neededBytes, freeBytes: 0 });
	return isFailure(found, 'DISK_FULL') ? failure('DISK_FULL', { neededBytes, freeBytes: await freeBytes(folder).catch(() => 0) }, error) : found;
}

/** Does `work` that writes to `folder`; what the disk refuses is thrown as DISK_FULL or DISK_FAILED. */
export async function onDisk<T>(folder: string, neededBytes: number, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw (await diskFailureAt(error, folder, neededBytes)) ?? error;
	}
}
