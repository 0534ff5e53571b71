import { randomUUID } from 'node:crypto';
import { eq, min, notInArray, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { failure } from '#contract/errors.ts';
import type { FailedItem, Job } from '#contract/jobs.ts';
import { type Db, immediate, type Store, type Tx } from '../database/openDatabase.ts';
import { everyOwner, owned } from '../database/owned.ts';
import type { Logger } from '../log/createLog.ts';
import { ChangeFeed } from './ChangeFeed.ts';
import { changeJob, type PersonalEvent } from './changeJob.ts';
import { chooseNext } from './chooseNext.ts';
import { concludeJob } from './concludeJob.ts';
import type { JobKind } from './JobKind.ts';
import { RunningJob, type StopReason } from './RunningJob.ts';
import { listFailedItems, listJobs, type OwnedJob, readJob } from './readJob.ts';
import { recoverJobs } from './recoverJobs.ts';
import { job, jobItem } from './schema.ts';
import { watchJobs, withoutOwner } from './watchJobs.ts';

export { type JobItem, type JobKind, JobPaused, type JobRun } from './JobKind.ts';
export type { OwnedJob } from './readJob.ts';

/** How long jobs that were told to stop are waited for. */
const stopWaitMs = 5_000;

interface Running {
	run: RunningJob;
	ended: Promise<void>;
}

/**
 * Runs everything slow, for every feature: kept in the database, so that a job goes on at the item where it stopped after a kill
 * or a restart.
 *
 * What may be relied on: an item and its result are committed together, once; a kind never runs more jobs at a time than it
 * declares; owners take turns within a kind; a job is run by one start at a time. A job whose kind is not registered stays queued.
 * Nothing runs before `start` or after `close`.
 */
export class JobRunner {
	readonly #db: Db;
	readonly #log: Logger;
	readonly #now: () => number;
	readonly #kinds = new Map<string, { kind: JobKind; lastTurns: Map<string, number> }>();
	readonly #running = new Map<string, Running>();
	readonly #feed: ChangeFeed;
	readonly #closing = new AbortController();
	#turns = 0;
	#started = false;
	#fillQueued = false;

	constructor(options: { db: Db; log: Logger; now?: () => number }) {
		this.#db = options.db;
		this.#log = options.log;
		this.#now = options.now ?? Date.now;
		this.#feed = new ChangeFeed({ read: (jobId) => this.#read(this.#db, null, jobId), log: this.#log });
	}

	/** Adds a kind; its queued jobs run from then on. */
	register(kind: JobKind): void {
		if (this.#kinds.has(kind.kind)) throw new Error(`the job kind ${kind.kind} is registered already`);
		if (typeof kind.concurrency === 'number' && (!Number.isInteger(kind.concurrency) || kind.concurrency < 1))
			throw new RangeError(`concurrency of ${kind.kind} must be at least 1, not ${kind.concurrency}`);
		this.#kinds.set(kind.kind, { kind, lastTurns: new Map() });
		this.#fillSoon();
	}

	/** Takes up what the last run of the app left, then works through the queue. Once. */
	start(): void {
		if (this.#started) throw new Error('the jobs were started already');
		recoverJobs(this.#db, (name) => this.#kinds.get(name)?.kind);
		this.#started = true;
		this.#fillSoon();
	}

	/**
	 * Queues a job. With `tx` it is queued when that transaction commits, and not at all when it is rolled back.
	 *
	 * @param queued.spec what the kind needs to do it from nothing: plain JSON, not null.
	 * @param queued.subjectIds one item for each, in this order.
	 * @param queued.sizes how many things that people count are in each item; left out: one.
	 */
	enqueue(queued: { kind: string; ownerId: string; title: string; spec: unknown; subjectIds?: string[]; sizes?: number[] }, tx?: Tx): Job {
		const { subjectIds = [], sizes = [], ...fields } = queued;
		const id = randomUUID();
		const write = (store: Tx) => {
			store
				.insert(job)
				.values({ ...fields, id, state: 'queued', createdAt: this.#now() })
				.run();
			// One statement, however many there are.
			const listed = JSON.stringify(subjectIds.map((subjectId, at) => [subjectId, sizes[at] ?? 1]));
			const items = sql`select ${id}, key, value ->> 0, value ->> 1 from json_each(${listed})`;
			store.run(sql`insert into ${jobItem} (job_id, position, subject_id, size) ${items}`);
			return this.#find(store, queued.ownerId, id);
		};
		const added = tx ? write(tx) : immediate(this.#db, write);
		this.#feed.tell(id);
		this.#fillSoon();
		return withoutOwner(added);
	}

	/** @throws NOT_FOUND also where the job is another's. */
	get(ownerId: string, jobId: string): Job {
		return withoutOwner(this.#find(this.#db, ownerId, jobId));
	}

	/** The owner's jobs, newest first: all that have not ended, and ended ones up to 200 in all. */
	list(ownerId: string): Job[] {
		return this.#list(ownerId).map(withoutOwner);
	}

	/** The items of a job that failed and why, the first hundred, each by the name that its kind gives it. Throws NOT_FOUND. */
	failedItems(ownerId: string, jobId: string): FailedItem[] {
		const { kind } = this.#find(this.#db, ownerId, jobId);
		const { spec, items } = listFailedItems(this.#db, ownerId, jobId);
		const registered = this.#kinds.get(kind)?.kind;
		return items.map((item) => ({ ...item, name: registered?.nameItem?.(spec, item.subjectId, ownerId) ?? '' }));
	}

	/** Streams `list` first, then the jobs that changed, ten times a second at most; a slow reader gets each as it is by then. */
	watch(ownerId: string, signal?: AbortSignal): AsyncIterable<Job[]> {
		return watchJobs({
			ownerId,
			list: () => this.#list(ownerId),
			subscribe: (listener) => this.#feed.subscribe(listener),
			signal: AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]),
		});
	}

	/** Calls `listener` at each change: of state at once, of progress ten times a second at most. Returns how to stop that. */
	onChange(listener: (job: OwnedJob) => void): () => void {
		return this.#feed.subscribe(listener);
	}

	/** How many jobs run now, whoever's they are, and how far they are together, 0..1; null where none of them tells. For what the machine is told. */
	work(): { running: number; fraction: number | null } {
		const told = [...this.#running.values()].map(({ run }) => run.told.fraction);
		const known = told.filter((fraction) => fraction !== undefined);
		return { running: told.length, fraction: known.length === 0 ? null : known.reduce((sum, fraction) => sum + fraction, 0) / told.length };
	}

	/** Stops a queued or running job until `resume`; the items that are done stay done. */
	pause(ownerId: string, jobId: string): Job {
		return this.#change(ownerId, jobId, 'pause', {}, 'pause');
	}

	/** Lets a paused or interrupted job go on where it stood. Throws JOB_STATE, and what its kind refuses it with. */
	resume(ownerId: string, jobId: string): Job {
		return this.#change(ownerId, jobId, 'resume', { attempts: 0, failure: null });
	}

	/** Ends a job for good; the items that are done stay done. */
	cancel(ownerId: string, jobId: string): Job {
		return this.#change(ownerId, jobId, 'cancel', { endedAt: this.#now() }, 'cancel');
	}

	/** Does the failed items of an ended job again, and those it never came to. Throws as `resume` does. */
	retry(ownerId: string, jobId: string): Job {
		return this.#change(ownerId, jobId, 'retry', { attempts: 0, failure: null, endedAt: null });
	}

	/** Puts a queued job before the owner's others of its kind. */
	runNext(ownerId: string, jobId: string): Job {
		const first = sql`(select min(rank) - 1 from job where owner_id = ${ownerId})`;
		return this.#set(ownerId, jobId, (state) => state === 'queued', { rank: first });
	}

	/** Takes an ended job off its owner's list; whatever refers to it still finds it. */
	dismiss(ownerId: string, jobId: string): void {
		this.#set(ownerId, jobId, (state) => state === 'completed' || state === 'failed' || state === 'cancelled', { dismissed: true });
	}

	/** Looks anew for jobs to start, after something changed that a kind's `concurrency` depends on. */
	refill(): void {
		this.#fillSoon();
	}

	/** Cancels all of an owner's jobs that have not ended, and waits until they write nothing any more: five seconds at most. */
	async cancelAllOf(ownerId: string): Promise<void> {
		const left = this.#db
			.select({ id: job.id })
			.from(job)
			.where(owned(job, ownerId, notInArray(job.state, ['completed', 'failed', 'cancelled'])))
			.all();
		for (const { id } of left) this.cancel(ownerId, id);
		await waitForEnd([...this.#running.values()].filter(({ run }) => run.ownerId === ownerId));
	}

	/** All of an owner's jobs, for the owner to take away. */
	exportOf(ownerId: string): unknown {
		return this.#db
			.select({ kind: job.kind, title: job.title, state: job.state, createdAt: job.createdAt, endedAt: job.endedAt })
			.from(job)
			.where(owned(job, ownerId))
			.orderBy(job.createdAt)
			.all();
	}

	/** Deletes all of an owner's jobs with their items, in the transaction that deletes the owner. Call `cancelAllOf` before. */
	removeAllOf(ownerId: string, tx: Tx): void {
		tx.delete(job).where(owned(job, ownerId)).run();
	}

	/** Stops all running jobs, which go on at the next start, and waits for them for five seconds at most. */
	async close(): Promise<void> {
		this.#closing.abort();
		const running = [...this.#running.values()];
		this.#interruptAll();
		for (const { run } of running) run.stop('close');
		await waitForEnd(running);
		this.#feed.close();
	}

	#interruptAll(): void {
		// This start was cut short by the app's own end, so it does not count as fruitless.
		const interrupted = { state: 'interrupted', attempts: sql`max(${job.attempts} - 1, 0)` } as const;
		try {
			// Whoever's they are: the app ends.
			this.#db
				.update(job)
				.set(interrupted)
				.where(everyOwner(job, eq(job.state, 'running')))
				.run();
		} catch (error) {
			// The next start finds them running, and takes them up all the same.
			this.#log.error({ err: error }, 'running jobs could not be marked as interrupted');
		}
	}

	#list(ownerId: string): OwnedJob[] {
		return listJobs(this.#db, ownerId).map((row) => this.#withTold(row));
	}

	#read(store: Store, ownerId: string | null, jobId: string): OwnedJob | null {
		const row = readJob(store, ownerId, jobId);
		return row && this.#withTold(row);
	}

	/** Progress is only written down when a run ends. */
	#withTold(row: OwnedJob): OwnedJob {
		const told = this.#running.get(row.id)?.run.told;
		if (!told) return row;
		return { ...row, detail: told.detail ?? row.detail, fraction: told.fraction ?? row.fraction };
	}

	#find(store: Store, ownerId: string, jobId: string): OwnedJob {
		const found = this.#read(store, ownerId, jobId);
		if (!found) throw failure('NOT_FOUND', { what: 'job' });
		return found;
	}

	#set(ownerId: string, jobId: string, isPossible: (state: Job['state']) => boolean, fields: SQLiteUpdateSetSource<typeof job>): Job {
		const changed = immediate(this.#db, (tx) => {
			const { state } = this.#find(tx, ownerId, jobId);
			if (!isPossible(state)) throw failure('JOB_STATE', { state });
			tx.update(job)
				.set(fields)
				.where(owned(job, ownerId, eq(job.id, jobId)))
				.run();
			return this.#find(tx, ownerId, jobId);
		});
		this.#feed.tell(jobId);
		return withoutOwner(changed);
	}

	#change(ownerId: string, jobId: string, event: PersonalEvent, fields: Partial<typeof job.$inferInsert>, stop?: StopReason): Job {
		const kindOf = (name: string) => this.#kinds.get(name)?.kind;
		const changed = immediate(this.#db, (tx) => {
			changeJob(tx, { ownerId, jobId, event, fields, kindOf, isRunning: this.#running.has(jobId) });
			return this.#find(tx, ownerId, jobId);
		});
		if (stop) this.#running.get(jobId)?.run.stop(stop);
		this.#feed.tell(jobId);
		this.#fillSoon();
		return withoutOwner(changed);
	}

	/** Starts what can be started, once the code that is running now, and with it its transaction, has returned. */
	#fillSoon(): void {
		if (this.#fillQueued) return;
		this.#fillQueued = true;
		queueMicrotask(() => {
			this.#fillQueued = false;
			if (!this.#started || this.#closing.signal.aborted) return;
			try {
				for (const { kind, lastTurns } of this.#kinds.values()) this.#fill(kind, lastTurns);
			} catch (error) {
				this.#log.error({ err: error }, 'jobs could not be started');
			}
		});
	}

	#fill(kind: JobKind, lastTurns: Map<string, number>): void {
		const countRunning = () => [...this.#running.values()].filter(({ run }) => run.kind === kind.kind).length;
		const most = typeof kind.concurrency === 'number' ? kind.concurrency : kind.concurrency();
		while (countRunning() < most) {
			const next = chooseNext(this.#waiting(kind.kind), lastTurns);
			if (!next) return;
			this.#turns += 1;
			lastTurns.set(next.ownerId, this.#turns);
			this.#begin(kind, next);
		}
	}

	/** The first queued job of each owner. One whose last start is still coming to its end waits for that. */
	#waiting(kind: string) {
		// One `min` alone, so that SQLite takes the other columns from the row that has it.
		const place = min(sql`job.rank * 4294967296 + job.rowid`);
		return this.#db
			.select({ jobId: job.id, ownerId: job.ownerId, place })
			.from(job)
			.where(everyOwner(job, eq(job.kind, kind), eq(job.state, 'queued'), notInArray(job.id, [...this.#running.keys()])))
			.groupBy(job.ownerId)
			.orderBy(place)
			.all();
	}

	#begin(kind: JobKind, { jobId, ownerId }: { jobId: string; ownerId: string }): void {
		const started = { state: 'running', attempts: sql`${job.attempts} + 1`, startedAt: sql`coalesce(${job.startedAt}, ${this.#now()})` } as const;
		const isIt = owned(job, ownerId, eq(job.id, jobId));
		const row = this.#db.update(job).set(started).where(isIt).returning().get();
		const run = new RunningJob(row, { db: this.#db, changed: () => this.#feed.tellSoon(jobId) });
		this.#running.set(jobId, { run, ended: this.#carryOut(kind, run) });
		this.#feed.tell(jobId);
	}

	async #carryOut(kind: JobKind, run: RunningJob): Promise<void> {
		// The run begins only after it is entered among the running ones.
		await null;
		let thrown: { error: unknown } | null = null;
		try {
			await kind.run(run);
		} catch (error) {
			thrown = { error };
		}
		run.end();
		try {
			concludeJob({ db: this.#db, log: this.#log, kind, run, thrown, now: this.#now() });
		} catch (error) {
			// It stays as running in the database, and goes on at the next start of the app.
			this.#log.error({ err: error, jobId: run.id }, 'the end of a job could not be written');
		}
		this.#running.delete(run.id);
		this.#feed.tell(run.id);
		this.#fillSoon();
	}
}

/** Waits for runs that were told to stop; one that goes on all the same can write nothing from then on. */
async function waitForEnd(running: readonly Running[]): Promise<void> {
	const { promise: late, resolve } = Promise.withResolvers<void>();
	const timer = setTimeout(resolve, stopWaitMs);
	await Promise.race([Promise.all(running.map(({ ended }) => ended)), late]);
	clearTimeout(timer);
	for (const { run } of running) run.end();
}
