import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { BackupState } from '#contract/backup.ts';
import { failure } from '#contract/errors.ts';
import type { Job } from '#contract/jobs.ts';
import { onDiskOf } from '../../platform/disk/onDiskOf.ts';
import { checkRoom } from '../../platform/disk/room.ts';
import type { JobRun, JobRunner } from '../../platform/jobs/JobRunner.ts';
import { beginArriving, bytesToMove, dropLeft, forgetMove, markToMove, moveState } from '../../platform/paths/MovedData.ts';
import { findFolder } from '../library/library.ts';
import type { BackupThreads } from './backupThread.ts';

const moveSpec = z.strictObject({ to: z.string() });
/** In the folder that is named, unless it is empty. */
const ownFolder = 'Homeroom';

/**
 * Moves the data folder to another place: a job copies ahead what does not change while the app works, the next start copies the rest and only then
 * follows (platform/paths/MovedData.ts). What was at the old place stays until somebody deletes it.
 */
export class DataMove {
	readonly #data: string;
	readonly #jobs: Pick<JobRunner, 'register' | 'enqueue'>;
	readonly #threads: BackupThreads;

	constructor({ data, jobs, threads }: { data: string; jobs: Pick<JobRunner, 'register' | 'enqueue'>; threads: BackupThreads }) {
		this.#data = data;
		this.#jobs = jobs;
		this.#threads = threads;
		jobs.register({ kind: 'move', concurrency: 1, run: (run) => this.#run(run) });
	}

	state(): BackupState['move'] {
		return { dataFolder: this.#data, ...moveState(this.#data) };
	}

	/** Queues the copying into a folder of its own at `path`. Throws FILE_NOT_FOUND, FILE_NOT_ALLOWED (`notEmpty`, `insideData`), DISK_FULL. */
	async begin(ownerId: string, path: string): Promise<Job> {
		const named = await findFolder(path);
		const data = await findFolder(this.#data);
		if (named === data || named.startsWith(join(data, '/'))) throw failure('FILE_NOT_ALLOWED', { reason: 'insideData' });
		const to = await onDiskOf(named, async () => {
			await checkRoom(named, { neededBytes: bytesToMove(this.#data) });
			if (beginArriving(this.#data, named)) return named;
			const within = join(named, ownFolder);
			// Told is what was made; nothing where it was there.
			const made = await mkdir(within, { recursive: true, mode: 0o700 });
			return beginArriving(this.#data, within, made !== undefined) ? within : null;
		});
		if (to === null) throw failure('FILE_NOT_ALLOWED', { reason: 'notEmpty' });
		const spec: z.infer<typeof moveSpec> = { to };
		return this.#jobs.enqueue({ kind: 'move', ownerId, title: to, spec });
	}

	/** Takes a move back that the next start would finish. */
	forget(): void {
		const { to } = moveState(this.#data);
		if (to !== null) forgetMove(this.#data, to);
	}

	/** Deletes what is left at the old place. */
	dropLeft(): void {
		dropLeft(this.#data);
	}

	async #run(run: JobRun): Promise<void> {
		const { to } = moveSpec.parse(run.spec);
		try {
			const onProgress = (fraction: number) => run.progress({ fraction });
			await onDiskOf(to, () => this.#threads.run({ do: 'move', data: this.#data, to }, 'copied', { signal: run.signal, onProgress }));
			markToMove(this.#data, to);
		} catch (error) {
			// What was copied is kept for a pause or the next start of the app, to go on there.
			if (run.stopped === 'cancel') forgetMove(this.#data, to);
			throw error;
		}
	}
}
