import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { type BackupSchedule, type BackupState, type BackupSummary, usualSchedule } from '#contract/backup.ts';
import { failure } from '#contract/errors.ts';
import type { Job } from '#contract/jobs.ts';
import { copyDatabase } from '../../platform/database/copyDatabase.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { onDiskOf } from '../../platform/disk/onDiskOf.ts';
import { checkRoom } from '../../platform/disk/room.ts';
import type { JobRun, JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { findFile, findFolder } from '../library/library.ts';
import { dropOldAuto, dueAt, listAuto, nameBackup } from './autoBackups.ts';
import { backupCopy, dropStaleCopies } from './backupCopy.ts';
import { BackupThreads } from './backupThread.ts';
import { DataMove } from './DataMove.ts';
import { leftOut } from './leftOut.ts';
import { refused } from './OpenBackup.ts';
import { RestoreFolder } from './RestoreFolder.ts';
import { backupSchedule } from './schema.ts';
import { bytesToBackUp } from './writeBackup.ts';

const backupSpec = z.strictObject({ folder: z.string(), withModels: z.boolean(), isSealed: z.boolean(), isAuto: z.boolean() });
const restoreSpec = z.strictObject({ path: z.string(), isSealed: z.boolean() });
/** What was being written when it was cut short. */
const backupCheckpoint = z.object({ to: z.string() });

/** Kept free beside a backup: it is on a disk that is there for such things. */
const spareBytes = 2 ** 26;
/** Copying the database, as a part of the whole. */
const copyShare = 0.05;
const firstLookMs = 60_000;
const lookMs = 10 * 60_000;
/** After a backup by itself has failed, or its folder was not there. */
const againMs = 60 * 60_000;

interface BackupOptions {
	db: Db;
	jobs: Pick<JobRunner, 'register' | 'enqueue' | 'onChange'>;
	dataFolder: string;
	migrationsFolder: string;
	/** The program of the thread (backupWorker.ts). */
	worker: string;
	/** Of the app. */
	version: string;
	log: Logger;
	/** Whose the backups are that are made by themselves: an administrator; null: nobody's yet, and none are made. */
	steward: () => string | null;
	/** The names of secrets that are kept and cannot be opened. */
	lostSecrets: () => string[];
	/** Closes the app and opens it again; left out where the host cannot. */
	restart?: (() => void) | undefined;
	now?: () => number;
}

/** Keeps all that Homeroom holds in one file, by itself where that is wished, and takes it back at the next start (RestoreFolder.ts). */
export class Backup {
	readonly #options: BackupOptions;
	readonly #threads: BackupThreads;
	readonly #restore: RestoreFolder;
	readonly move: DataMove;
	readonly #now: () => number;
	/** Of jobs that were not done when they were asked for: kept nowhere else. */
	readonly #passwords = new Map<string, string>();
	#timers: NodeJS.Timeout[] = [];
	/** The backup by itself that has not ended. */
	#autoJobId: string | null = null;
	#failedAt = Number.NEGATIVE_INFINITY;

	constructor(options: BackupOptions) {
		this.#options = options;
		this.#threads = new BackupThreads(options.worker);
		this.#restore = new RestoreFolder(options.dataFolder);
		this.#now = options.now ?? Date.now;
		this.move = new DataMove({ data: options.dataFolder, jobs: options.jobs, threads: this.#threads });
		const ended = ({ id }: { id: string }) => {
			this.#passwords.delete(id);
			if (this.#autoJobId === id) this.#autoJobId = null;
		};
		options.jobs.register({ kind: 'backup', concurrency: 1, run: (run) => this.#write(run), ended });
		options.jobs.register({ kind: 'restore', concurrency: 1, run: (run) => this.#stage(run), ended });
	}

	/** Begins to look whether a backup is due: soon, for one that was missed, then again and again. */
	start(): void {
		dropStaleCopies(this.#options.dataFolder, this.#now());
		const look = () => void this.lookWhetherDue();
		this.#timers = [setTimeout(look, firstLookMs).unref(), setInterval(look, lookMs).unref()];
	}

	/** Queues a backup where one is due by the schedule. Never throws. */
	async lookWhetherDue(): Promise<void> {
		try {
			const schedule = this.schedule();
			const now = this.#now();
			const [last] = await listAuto(schedule.folder);
			const due = dueAt(schedule, last?.at ?? null, now);
			const ownerId = this.#options.steward();
			if (due === null || due > now || ownerId === null || this.#autoJobId !== null || now - this.#failedAt < againMs) return;
			this.#autoJobId = this.#enqueue(ownerId, { folder: schedule.folder, withModels: schedule.withModels, isSealed: false, isAuto: true }).id;
		} catch (error) {
			this.#options.log.error({ err: error }, 'it could not be found out whether a backup is due');
		}
	}

	async state(): Promise<BackupState> {
		const { restart, lostSecrets } = this.#options;
		const schedule = this.schedule();
		const [bytes, [last]] = await Promise.all([this.#bytes(), listAuto(schedule.folder)]);
		const { waiting, applied } = this.#restore;
		const kinds = { huggingFaceToken: 'huggingFace', gatewayKey: 'certificate' } as const;
		const lost = lostSecrets().flatMap((name) =>
			name.startsWith('backend:') ? ['backends' as const] : name in kinds ? [kinds[name as keyof typeof kinds]] : [],
		);
		return {
			...{ dataBytes: bytes.rest, modelBytes: bytes.models, schedule, last: last ?? null, nextAt: dueAt(schedule, last?.at ?? null, this.#now()) },
			waiting,
			applied: applied && { ...shown(applied), at: applied.at, keptBytes: this.#restore.replacedBytes() },
			move: this.move.state(),
			canRestart: restart !== undefined,
			lostSecrets: [...new Set(lost)],
		};
	}

	/** Queues a backup into a folder. Throws FILE_NOT_FOUND, FILE_NOT_ALLOWED, DISK_FULL. */
	async write(ownerId: string, wish: { folder: string; withModels: boolean; password: string | null }): Promise<Job> {
		const folder = await this.#fitFolder(wish.folder, wish.withModels);
		const job = this.#enqueue(ownerId, { folder, withModels: wish.withModels, isSealed: wish.password !== null, isAuto: false });
		if (wish.password !== null) this.#passwords.set(job.id, wish.password);
		return job;
	}

	/** What a backup says of itself. Throws BACKUP_INVALID, FILE_NOT_FOUND, FILE_NOT_ALLOWED. */
	async look(path: string, password: string | null): Promise<BackupSummary> {
		const { path: found } = await findFile(path);
		const { summary } = await onDiskOf(dirname(found), () => this.#threads.run({ do: 'look', path: found, password }, 'seen'));
		return summary;
	}

	/** Queues the unpacking of a backup beside the present data. Throws as `look` does. */
	async restore(ownerId: string, path: string, password: string | null): Promise<Job> {
		const { path: found } = await findFile(path);
		const { isSealed } = await this.look(found, password);
		const spec: z.infer<typeof restoreSpec> = { path: found, isSealed };
		const job = this.#options.jobs.enqueue({ kind: 'restore', ownerId, title: basename(found), spec });
		if (isSealed && password !== null) this.#passwords.set(job.id, password);
		return job;
	}

	/** Lets the next start leave everything as it is. */
	forget(): void {
		this.#restore.forget();
	}

	goBack(): void {
		this.#restore.markBack();
	}

	dropReplaced(): void {
		this.#restore.dropReplaced();
	}

	/** Throws NOT_HERE. */
	restart(): void {
		const { restart } = this.#options;
		if (!restart) throw failure('NOT_HERE', {});
		restart();
	}

	schedule(): BackupSchedule {
		const row = this.#options.db.select().from(backupSchedule).get();
		return row ? { every: row.every, folder: row.folder, keep: row.keep, withModels: row.withModels } : usualSchedule;
	}

	/** Throws as `write` does where a folder is named that is not fit. */
	async setSchedule(schedule: BackupSchedule): Promise<void> {
		const folder = schedule.every === 'never' && schedule.folder === '' ? '' : await this.#fitFolder(schedule.folder, schedule.withModels);
		const row = { ...schedule, folder };
		this.#options.db
			.insert(backupSchedule)
			.values({ id: 1, ...row })
			.onConflictDoUpdate({ target: backupSchedule.id, set: row })
			.run();
		this.#failedAt = Number.NEGATIVE_INFINITY;
		void this.lookWhetherDue();
	}

	async close(): Promise<void> {
		for (const timer of this.#timers) clearTimeout(timer);
		await this.#threads.close();
	}

	#enqueue(ownerId: string, spec: z.infer<typeof backupSpec>): Job {
		return this.#options.jobs.enqueue({ kind: 'backup', ownerId, title: spec.folder, spec });
	}

	/** What a backup reads now. */
	async #bytes(): Promise<{ models: number; rest: number }> {
		const { models, rest } = await bytesToBackUp(this.#options.dataFolder);
		return { models, rest: rest + this.#databaseBytes() };
	}

	/** The database is larger than its file while its log has not been folded into it. */
	#databaseBytes(): number {
		const { $client } = this.#options.db;
		return Number($client.pragma('page_count', { simple: true })) * Number($client.pragma('page_size', { simple: true }));
	}

	/** A folder of its own with room, outside of what is backed up. */
	async #fitFolder(path: string, withModels: boolean): Promise<string> {
		const folder = await findFolder(path);
		const own = await findFolder(this.#options.dataFolder);
		if (folder === own || folder.startsWith(join(own, '/'))) throw failure('FILE_NOT_ALLOWED', { reason: 'insideData' });
		const { rest, models } = await this.#bytes();
		await onDiskOf(folder, () => checkRoom(folder, { neededBytes: rest + (withModels ? models : 0), spareBytes }));
		return folder;
	}

	async #write(run: JobRun): Promise<void> {
		const { db, dataFolder, version } = this.#options;
		const { folder, withModels, isSealed, isAuto } = backupSpec.parse(run.spec);
		const cutShort = backupCheckpoint.safeParse(run.checkpoint);
		if (cutShort.success) await rm(`${cutShort.data.to}.part`, { force: true });
		const createdAt = this.#now();
		const to = join(folder, nameBackup(new Date(createdAt), { isAuto, isSealed }));
		const password = this.#passwordOf(run, isSealed, basename(to));
		const copy = backupCopy(dataFolder, run.id);
		try {
			run.saveCheckpoint({ to } satisfies z.infer<typeof backupCheckpoint>);
			await onDiskOf(dataFolder, async () => {
				await checkRoom(dataFolder, { neededBytes: this.#databaseBytes(), spareBytes });
				await copyDatabase(db.$client, copy, {
					statements: leftOut,
					signal: run.signal,
					onProgress: (fraction) => run.progress({ fraction: copyShare * fraction }),
				});
			});
			await onDiskOf(folder, async () => {
				const order = { dataFolder, database: copy, to, withModels, password, version, createdAt };
				const onProgress = (fraction: number) => run.progress({ fraction: copyShare + (1 - copyShare) * fraction });
				await this.#threads.run({ do: 'write', order }, 'written', { signal: run.signal, onProgress });
				if (isAuto) await dropOldAuto(folder, this.schedule().keep);
			});
			run.progress({ detail: to, fraction: 1 });
		} catch (error) {
			// The thread is gone, and with it whoever would delete what it began.
			await rm(`${to}.part`, { force: true }).catch(() => {});
			if (isAuto && !run.signal.aborted) this.#failedAt = this.#now();
			throw error;
		} finally {
			await rm(copy, { force: true });
		}
	}

	async #stage(run: JobRun): Promise<void> {
		const { dataFolder, migrationsFolder } = this.#options;
		const { path, isSealed } = restoreSpec.parse(run.spec);
		const order = { path, password: this.#passwordOf(run, isSealed, basename(path)), dataFolder, migrationsFolder };
		try {
			const onProgress = (fraction: number) => run.progress({ fraction });
			await onDiskOf(dataFolder, () => this.#threads.run({ do: 'stage', order }, 'staged', { signal: run.signal, onProgress }));
		} catch (error) {
			if (run.signal.aborted) this.#restore.forget();
			throw error;
		}
	}

	#passwordOf(run: JobRun, isSealed: boolean, fileName: string): string | null {
		if (!isSealed) return null;
		const password = this.#passwords.get(run.id);
		if (password === undefined) throw refused(fileName, 'passwordForgotten');
		return password;
	}
}

function shown({ act, backedUpAt, from, withModels }: NonNullable<BackupState['waiting']>): NonNullable<BackupState['waiting']> {
	return { act, backedUpAt, from, withModels };
}
