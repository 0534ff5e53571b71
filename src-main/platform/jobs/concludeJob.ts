import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { type FailureRecord, isFailure, toFailureRecord } from '#contract/errors.ts';
import { type Db, immediate, type Store } from '../database/openDatabase.ts';
import type { Logger } from '../log/createLog.ts';
import { JobPaused } from './JobKind.ts';
import { nextState } from './nextState.ts';
import type { RunningJob } from './RunningJob.ts';
import { readJob } from './readJob.ts';
import { job, jobItem } from './schema.ts';

/**
 * Writes down how a run ended.
 *
 * A job that did its work is `completed`, also with some failed items; `failed` where its kind threw or every item failed. A run
 * that was told to stop changes no state: pause, cancel and close have written theirs. A run that paused itself keeps its reason.
 *
 * @param options.thrown what the kind threw; null when it returned.
 */
export function concludeJob(options: { db: Db; log: Logger; run: RunningJob; thrown: { error: unknown } | null; now: number }): void {
	const { db, log, run, now } = options;
	immediate(db, (tx) => {
		if (Object.keys(run.told).length > 0) tx.update(job).set(run.told).where(eq(job.id, run.id)).run();
		const ended = readJob(tx, run.id);
		if (run.stopped !== null || ended?.state !== 'running') return;
		if (options.thrown?.error instanceof JobPaused) {
			const paused = { state: nextState(ended.state, 'pause', ended.itemsFailed) ?? ended.state, failure: toFailureRecord(options.thrown.error.reason, '') };
			tx.update(job).set(paused).where(eq(job.id, run.id)).run();
			return;
		}
		const left = ended.itemsTotal - ended.itemsDone - ended.itemsFailed;
		const thrown = options.thrown ?? (left > 0 ? { error: new Error(`${run.kind} returned with ${left} items left`) } : null);
		const record = thrown ? recordOf(thrown.error, run, log) : ended.itemsFailed > 0 && ended.itemsDone === 0 ? firstFailure(tx, run.id) : null;
		const state = nextState(ended.state, record ? 'fail' : 'complete', ended.itemsFailed);
		if (state) tx.update(job).set({ state, failure: record, endedAt: now }).where(eq(job.id, run.id)).run();
	});
}

function recordOf(error: unknown, run: RunningJob, log: Logger): FailureRecord {
	const requestId = randomUUID();
	if (!isFailure(error)) log.error({ err: error, requestId, jobId: run.id, kind: run.kind }, 'a job failed');
	return toFailureRecord(error, requestId);
}

function firstFailure(store: Store, jobId: string): FailureRecord | null {
	const failed = store
		.select({ failure: jobItem.failure })
		.from(jobItem)
		.where(and(eq(jobItem.jobId, jobId), eq(jobItem.state, 'failed')))
		.orderBy(asc(jobItem.position));
	return failed.limit(1).get()?.failure ?? null;
}
