import { diskCode } from '../../../platform/disk/diskFailure.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

const ofTheDisk = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EFBIG', 'EIO', 'ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'ESTALE']);

/** Does what writes to the disk; what that cannot do for a cause of the disk's is a refusal (`disk`) that names the cause. */
export async function refuseDisk<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (cause) {
		const code = diskCode(cause);
		if (code === null || !ofTheDisk.has(code)) throw cause;
		throw new TrainerRefusal('disk', `The disk did not take what was to be saved (${code}).`, { cause });
	}
}
