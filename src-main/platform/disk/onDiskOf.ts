import { diskFailure } from './diskFailure.ts';
import { freeBytes } from './room.ts';

/** Does `work` on the disk of a folder; what the disk refuses is thrown as DISK_FULL or DISK_FAILED. */
export async function onDiskOf<T>(folder: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw diskFailure(error, { neededBytes: 0, freeBytes: await freeBytes(folder).catch(() => 0) }) ?? error;
	}
}
