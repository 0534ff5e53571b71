import type { BackupSummary } from '#contract/backup.ts';
import { type ErrorCode, type ErrorData, failure } from '#contract/errors.ts';
import { TaskThreads } from '../../platform/process/TaskThreads.ts';
import type { RestoreOrder } from './stageRestore.ts';
import type { BackupOrder } from './writeBackup.ts';

export type BackupTask =
	| { do: 'write'; order: BackupOrder }
	| { do: 'look'; path: string; password: string | null }
	| { do: 'stage'; order: RestoreOrder }
	| { do: 'move'; data: string; to: string };

export type BackupReply =
	| { kind: 'written'; sizeBytes: number; files: number }
	| { kind: 'seen'; summary: BackupSummary }
	| { kind: 'staged' }
	| { kind: 'copied' }
	| { kind: 'refused'; code: ErrorCode; data: ErrorData<ErrorCode> }
	| { kind: 'disk'; code: string; message: string };

/** Of one thread: the lists of a backup of as many files as there may be. */
const memoryMib = 512;

/** What the disk said in a thread, with its `code`. */
class DiskError extends Error {
	override name = 'DiskError';
	readonly code: string;

	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}
}

/** Writes, reads and unpacks backups in threads of their own (backupWorker.ts). An abort ends the thread at once: what it was writing stays half written. */
export class BackupThreads {
	readonly #threads: TaskThreads<BackupTask, BackupReply, number>;

	constructor(file: string) {
		this.#threads = new TaskThreads({ file, most: 2, memoryMib });
	}

	/** Throws what the task is refused with, what the disk says, and the reason of `signal`. */
	async run<Kind extends BackupReply['kind']>(
		task: BackupTask,
		kind: Kind,
		options: { signal?: AbortSignal; onProgress?: (fraction: number) => void } = {},
	): Promise<Extract<BackupReply, { kind: Kind }>> {
		const reply = await this.#threads.run(task, options);
		if (reply.kind === 'refused') throw failure(reply.code, reply.data);
		if (reply.kind === 'disk') throw new DiskError(reply.code, reply.message);
		if (reply.kind !== kind) throw new Error(`a backup thread answered ${reply.kind}`);
		// What was asked for is what came, as was just seen.
		return reply as Extract<BackupReply, { kind: Kind }>;
	}

	close(): Promise<void> {
		return this.#threads.close();
	}
}
