import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { checkRoom, freeBytes } from './room.ts';

const gibibyte = 2 ** 30;

test('D4 a download does not start where less than what is left and 2 GiB is free beside what others reserved', async () => {
	const free = await freeBytes(tmpdir());
	await expect(checkRoom(tmpdir(), { neededBytes: free - gibibyte })).rejects.toMatchObject({ code: 'DISK_FULL' });
	await expect(checkRoom(tmpdir(), { neededBytes: 0, promisedBytes: free - gibibyte })).rejects.toMatchObject({
		code: 'DISK_FULL',
		data: { neededBytes: 2 * gibibyte },
	});
});
