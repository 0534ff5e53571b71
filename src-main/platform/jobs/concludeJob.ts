import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { type FailureRecord, isFailure, toFailureRecord } from '#contract/errors.ts';
import { type Db, immediate, type Store } from '../database/openDatabase.ts';
import { owned, ownedIn } from '../database/owned.ts';
import type { Logger } from '../log/createLog.ts';
import { type JobKind, JobPaused } from './JobKind.ts';
import { nextState } from './nextState.ts';
import type { RunningJob } from './RunningJob.ts';
import { readJob } from './readJob.ts';
import { job, jobItem } from './schema.ts';

/**
 * Writes down how a run ended.
 *
 * A job that did its work is `completed`, also with some failed items; `failed` where its kind threw or every item failed with nothing to show. A run
 * that was told to stop changes no state: pause, cancel and close have written theirs. A run that paused itself keeps its reason.
 *
 * Of a job that has ended, or rests now, its kind is told so in the same transaction.
 *
 * @param options.thrown what the kind threw; null when it returned.
 */
export function concludeJob(options: { db: Db; log: Logger; kind: JobKind; run: RunningJob; thrown: { error: unknown } | null; now: number }): void {
	const { db, log, kind, run, now } = options;
	const isIt = owned(job, run.ownerId, eq(job.id, run.id));
	immediate(db, (tx) => {
		if (Object.keys(run.told).length > 0) tx.update(job).set(run.told).where(isIt).run();
		const ended = readJob(tx, run.ownerId, run.id);
		if (run.stopped === 'cancel') kind.ended?.({ id: run.id, ownerId: run.ownerId }, tx);
		// One that was resumed meanwhile goes on with what it has.
		if (run.stopped === 'pause' && ended?.state === 'paused') kind.rested?.({ id: run.id, ownerId: run.ownerId }, tx);
		if (run.stopped !== null || ended?.state !== 'running') return;
		if (options.thrown?.error instanceof JobPaused) {
			const paused = { state: nextState(ended.state, 'pause', ended.itemsFailed) ?? ended.state, failure: toFailureRecord(options.thrown.error.reason, '') };
			tx.update(job).set(paused).where(isIt).run();
			kind.rested?.({ id: run.id, ownerId: run.ownerId }, tx);
			return;
		}
		const left = ended.itemsTotal - ended.itemsDone - ended.itemsFailed;
		const thrown = options.thrown ?? (left > 0 ? { error: new Error(`${run.kind} returned with ${left} items left`) } : null);
		const isAllFailed = ended.itemsFailed > 0 && ended.itemsDone === 0;
		const record = thrown ? recordOf(thrown.error, run, log) : isAllFailed ? firstFailure(tx, run) : null;
		const state = nextState(ended.state, record ? 'fail' : 'complete', ended.itemsFailed);
		if (!state) return;
		tx.update(job).set({ state, failure: record, endedAt: now }).where(isIt).run();
		kind.ended?.({ id: run.id, ownerId: run.ownerId }, tx);
	});
}

function recordOf(error: unknown, run: RunningJob, log: Logger): FailureRecord {
	const requestId = randomUUID();
	if (!isFailure(error)) log.error({ err: error, requestId, jobId: run.id, kind: run.kind }, 'a job failed');
	return toFailureRecord(error, requestId);
}

function firstFailure(store: Store, { ownerId, id }: RunningJob): FailureRecord | null {
	const failed = store
		.select({ failure: jobItem.failure })
		.from(jobItem)
		.where(ownedIn(jobItem.jobId, job, ownerId, id, eq(jobItem.state, 'failed')))
		.orderBy(asc(jobItem.position));
	return failed.limit(1).get()?.failure ?? null;
}
