import { statfs } from 'node:fs/promises';
import { failure } from '#contract/errors.ts';

/** Kept free for everything else on this machine where nothing else is said: 2 GiB. */
const usualSpareBytes = 2 ** 31;

/** Bytes that this user may still write to the disk of `folder`. */
export async function freeBytes(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}

/**
 * Throws DISK_FULL where the disk of `folder` has no room for `neededBytes` and `spareBytes` besides, next to `promisedBytes`, which
 * others have still to write.
 *
 * It is an account and no promise: other programs may take the room all the same, which is then met where it is written to.
 */
export async function checkRoom(folder: string, room: { neededBytes: number; spareBytes?: number; promisedBytes?: number }): Promise<void> {
	const neededBytes = room.neededBytes + (room.spareBytes ?? usualSpareBytes);
	const free = (await freeBytes(folder)) - (room.promisedBytes ?? 0);
	if (neededBytes > free) throw failure('DISK_FULL', { neededBytes, freeBytes: Math.max(0, free) });
}
