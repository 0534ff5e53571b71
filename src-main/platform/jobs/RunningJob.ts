import { asc, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import type { FailureRecord } from '#contract/errors.ts';
import { type Db, immediate, type Tx } from '../database/openDatabase.ts';
import { owned, ownedIn } from '../database/owned.ts';
import type { JobItem, JobRun } from './JobKind.ts';
import { job, jobItem } from './schema.ts';

/** Why a running job is made to stop. */
export type StopReason = 'pause' | 'cancel' | 'close';

/** One start of one job: what its kind works through (JobRun), and how the runner stops it. */
export class RunningJob implements JobRun {
	readonly id: string;
	readonly ownerId: string;
	readonly kind: string;
	readonly spec: unknown;
	readonly checkpoint: unknown;
	/** What was told last, for those who look at the job while it runs. */
	readonly told: { detail?: string; fraction?: number } = {};
	/** Why it was told to stop; null while it may go on. */
	stopped: StopReason | null = null;
	readonly #db: Db;
	readonly #changed: () => void;
	readonly #controller = new AbortController();
	#ended = false;

	constructor(row: typeof job.$inferSelect, options: { db: Db; changed: () => void }) {
		this.id = row.id;
		this.ownerId = row.ownerId;
		this.kind = row.kind;
		this.spec = row.spec;
		this.checkpoint = row.checkpoint;
		this.#db = options.db;
		this.#changed = options.changed;
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	stop(reason: StopReason): void {
		this.stopped ??= reason;
		// A cancel after a pause: what is finished from now on is not wanted any more.
		if (reason === 'cancel') this.stopped = reason;
		this.#controller.abort();
	}

	/** From here on the kind can write nothing, even where it left something running behind. */
	end(): void {
		this.#ended = true;
	}

	pendingItems(): JobItem[] {
		return this.#db
			.select({ position: jobItem.position, subjectId: jobItem.subjectId })
			.from(jobItem)
			.where(this.#ofItems(eq(jobItem.state, 'pending')))
			.orderBy(asc(jobItem.position))
			.all();
	}

	completeItem(position: number, apply?: (tx: Tx) => void): void {
		this.#settle(position, { state: 'done' }, apply);
	}

	failItem(position: number, failure: FailureRecord, apply?: (tx: Tx) => void, failed?: number): void {
		const done = failed === undefined ? 0 : sql`max(0, ${jobItem.size} - ${failed})`;
		this.#settle(position, { state: 'failed', failure, done }, apply);
	}

	leaveItem(position: number, more: number, apply: (tx: Tx) => void): void {
		if (this.#ended) throw new Error(`job ${this.id} has ended`);
		immediate(this.#db, (tx) => {
			const done = sql`min(${jobItem.size}, ${jobItem.done} + ${more})`;
			const pending = this.#ofItems(eq(jobItem.position, position), eq(jobItem.state, 'pending'));
			if (more > 0) tx.update(jobItem).set({ done }).where(pending).run();
			apply(tx);
		});
		this.#changed();
	}

	saveCheckpoint(value: unknown, apply?: (tx: Tx) => void): void {
		this.#commit((tx) => {
			tx.update(job).set({ checkpoint: value }).where(this.#ofJob()).run();
			apply?.(tx);
		});
	}

	progress({ detail, fraction }: { detail?: string; fraction?: number }): void {
		if (detail !== undefined) this.told.detail = detail;
		if (fraction !== undefined && Number.isFinite(fraction)) this.told.fraction = Math.min(1, Math.max(0, fraction));
		if (!this.#ended) this.#changed();
	}

	#settle(position: number, settled: SQLiteUpdateSetSource<typeof jobItem>, apply?: (tx: Tx) => void): void {
		this.#commit((tx) => {
			const pending = this.#ofItems(eq(jobItem.position, position), eq(jobItem.state, 'pending'));
			const { changes } = tx.update(jobItem).set(settled).where(pending).run();
			if (changes !== 1) throw new Error(`item ${position} of job ${this.id} is not pending`);
			apply?.(tx);
		});
	}

	/** Whatever is committed shows that the job gets on, so the count of its fruitless starts begins anew. */
	#commit(work: (tx: Tx) => void): void {
		if (this.#ended) throw new Error(`job ${this.id} has ended`);
		if (this.stopped === 'cancel') throw this.signal.reason;
		immediate(this.#db, (tx) => {
			work(tx);
			tx.update(job)
				.set({ attempts: 0 })
				.where(this.#ofJob(ne(job.attempts, 0)))
				.run();
		});
		this.#changed();
	}

	#ofJob(...conditions: SQL[]): SQL {
		return owned(job, this.ownerId, eq(job.id, this.id), ...conditions);
	}

	#ofItems(...conditions: SQL[]): SQL {
		return ownedIn(jobItem.jobId, job, this.ownerId, this.id, ...conditions);
	}
}
