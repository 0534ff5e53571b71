import { expect, test } from 'vitest';
import { diskFault } from './diskFault.ts';

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
