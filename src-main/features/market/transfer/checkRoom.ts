import { statfs } from 'node:fs/promises';
import { failure } from '#contract/errors.ts';

/** What stays free for the rest of the machine: 2 GiB. */
const spareBytes = 2 ** 31;

/**
 * Throws DISK_FULL where the disk of `folder` has no room for `neededBytes` beside `reservedBytes`, which others have still to write, and
 * 2 GiB to spare.
 *
 * It is an account and no promise: other programs may take the room all the same, which is then met where it is written to.
 */
export async function checkRoom(folder: string, neededBytes: number, reservedBytes: number): Promise<void> {
	const free = (await freeBytes(folder)) - reservedBytes;
	if (free < neededBytes + spareBytes) throw failure('DISK_FULL', { neededBytes: neededBytes + spareBytes, freeBytes: Math.max(0, free) });
}

/** Bytes that this user may still write to the disk of `folder`. */
export async function freeBytes(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}
