import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { checkRoom, freeBytes } from './checkRoom.ts';
import { diskFault } from './diskFault.ts';

const gibibyte = 2 ** 30;

test('D4 a download does not start where less than what is left and 2 GiB is free beside what others reserved', async () => {
	const free = await freeBytes(tmpdir());
	await expect(checkRoom(tmpdir(), free - gibibyte, 0)).rejects.toMatchObject({ code: 'DISK_FULL' });
	await expect(checkRoom(tmpdir(), 0, free - gibibyte)).rejects.toMatchObject({ code: 'DISK_FULL', data: { neededBytes: 2 * gibibyte } });
});

test.each([
	['ENOSPC', 'DISK_FULL', { neededBytes: 5, freeBytes: 3 }],
	['EDQUOT', 'DISK_FULL', { neededBytes: 5, freeBytes: 3 }],
	['EACCES', 'DISK_FAILED', { reason: 'noPermission' }],
	['EROFS', 'DISK_FAILED', { reason: 'readOnly' }],
	['EFBIG', 'DISK_FAILED', { reason: 'fileTooBig' }],
	['ENODEV', 'DISK_FAILED', { reason: 'gone' }],
	['EIO', 'DISK_FAILED', { reason: 'io' }],
])('D4 %s of the disk is told as %s', (code, expected, data) => {
	expect(diskFault({ code }, { neededBytes: 5, freeBytes: 3 })).toMatchObject({ code: expected, data });
});
