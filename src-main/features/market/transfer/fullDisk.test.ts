import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openStage, workerFile } from './serveTransfers.test-support.ts';

const script = fileURLToPath(new URL('./killedTransfer.ts', import.meta.url));
/** A disk of 1 MiB that only this shell and its children see; it grows between the two runs. */
const shell = `
mount -t tmpfs -o size=1m none "$1" || exit 1
"$2" "$3" "$4" | tail -n 1; echo
mount -o remount,size=64m "$1"
"$2" "$3" "$4" | tail -n 1; echo
cat "$1/model.part" | sha256sum
`;
const canMount = spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

test.skipIf(!canMount)('D4 a disk that becomes full midway is told as such, and what was fetched is gone on with once there is room', async () => {
	const stage = await openStage(5_000_000);
	try {
		const folder = stage.task.partFile.replace(/model\.part$/, '');
		const task = JSON.stringify({ ...stage.task, workerFile });
		const { stdout } = await promisify(execFile)('unshare', ['-Urm', 'sh', '-c', shell, 'sh', folder, process.execPath, script, task]);
		const lines = stdout.split('\n').filter((line) => line !== '');
		expect(lines).toEqual(['DISK_FULL', 'complete', `${stage.task.checksum.replace('sha256:', '')}  -`]);
		// The second run did not begin at the first byte.
		expect(stage.ranges.at(-1)).not.toMatch(/^bytes=0-/);
	} finally {
		stage.close();
	}
});
