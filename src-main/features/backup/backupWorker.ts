import { isFailure } from '#contract/errors.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { bytesToMove, copyAhead } from '../../platform/paths/MovedData.ts';
import { doTasks } from '../../platform/process/doTasks.ts';
import type { BackupReply, BackupTask } from './backupThread.ts';
import { lookInto, stageRestore } from './stageRestore.ts';
import { writeBackup } from './writeBackup.ts';

/** Between what is told of the progress, in milliseconds. */
const tellMs = 200;

// A thread that writes, reads and unpacks backups: they are summed up and packed byte for byte, which the app has no time for.
doTasks<BackupTask, BackupReply, number>(async (task, tell) => {
	let toldAt = 0;
	const onProgress = (fraction: number) => {
		if (Date.now() - toldAt < tellMs) return;
		toldAt = Date.now();
		tell(fraction);
	};
	try {
		switch (task.do) {
			case 'write':
				return { kind: 'written', ...(await writeBackup(task.order, { onProgress })) };
			case 'look':
				return { kind: 'seen', summary: await lookInto(task.path, task.password) };
			case 'stage':
				await stageRestore(task.order, { onProgress });
				return { kind: 'staged' };
			case 'move': {
				const total = Math.max(1, bytesToMove(task.data));
				let done = 0;
				copyAhead(task.data, task.to, (bytes) => {
					done += bytes;
					onProgress(Math.min(1, done / total));
				});
				return { kind: 'copied' };
			}
		}
	} catch (error) {
		// Errors lose what is theirs on their way out of a thread.
		if (isFailure(error)) return { kind: 'refused', code: error.code, data: error.data };
		const code = diskCode(error);
		if (code === null) throw error;
		return { kind: 'disk', code, message: error instanceof Error ? error.message : '' };
	}
});
