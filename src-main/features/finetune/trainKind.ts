import { existsSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { failure, isFailure } from '#contract/errors.ts';
import type { RunLine } from '#contract/finetune.ts';
import type { JobState } from '#contract/jobs.ts';
import { owned } from '../../platform/database/owned.ts';
import type { JobKind, JobRun } from '../../platform/jobs/JobRunner.ts';
import { readJob } from '../../platform/jobs/readJob.ts';
import { checkSafety } from './checkSafety.ts';
import { compareHeldOut } from './compareHeldOut.ts';
import { prepareRun } from './prepareRun.ts';
import { RunRecorder } from './RunRecorder.ts';
import { refuseBroken } from './refuseBroken.ts';
import { ofRun, type RunRow, readRun } from './runRows.ts';
import { finetuneRun } from './schema.ts';
import { keptWork, nothingKept, type RunAtWork, type TrainingTools, trainSpec } from './trainingTools.ts';
import { trainRun } from './trainRun.ts';
import { writeLines } from './writeLines.ts';

/**
 * The job that does a run: tokens of the examples, the training in a process of its own, answers to held-out examples, safety prompts.
 *
 * Each stage is written down with what it made, so that after a crash or a pause the run goes on with the stage it was in: the training
 * from its last checkpoint, the answers with those that are missing. One that fails can be taken up again in the same way; its adapter, once
 * there, stays. One at a time: a training wants the whole machine.
 */
export function trainKind(tools: TrainingTools): JobKind {
	return {
		kind: 'finetune',
		concurrency: 1,
		run: (job) => work(tools, job),
		ended: ({ id, ownerId }, tx) => {
			const isIt = owned(finetuneRun, ownerId, eq(finetuneRun.jobId, id));
			const ended = tx.update(finetuneRun).set({ endedAt: tools.now() }).where(isIt).returning().get();
			if (!ended) return;
			const code = endOf(readJob(tx, ownerId, id)?.state);
			if (code) writeLines(tx, ownerId, ended.id, [{ at: tools.now(), code, data: { step: ended.step } }]);
			tools.changed(ownerId, ended.id);
			// Once that is written down.
			setImmediate(() => dropCancelled(tools, ended));
		},
		resumed: ({ id, ownerId }, tx) => {
			// One that was hidden is seen again: it is not to be purged while it is at work.
			tx.update(finetuneRun)
				.set({ endedAt: null, deletedAt: null })
				.where(owned(finetuneRun, ownerId, eq(finetuneRun.jobId, id)))
				.run();
		},
	};
}

/** What the log says of a job's end. */
function endOf(state: JobState | undefined): RunLine['code'] | null {
	if (state === 'completed') return 'done';
	return state === 'failed' || state === 'cancelled' ? state : null;
}

async function work(tools: TrainingTools, job: JobRun): Promise<void> {
	const { runId } = trainSpec.parse(job.spec);
	const kept = job.checkpoint === null ? nothingKept : keptWork.parse(job.checkpoint);
	const recorder = new RunRecorder({ run: job, runId, kept, now: tools.now, changed: () => tools.changed(job.ownerId, runId) });
	let release = () => {};
	const read = (): RunAtWork => {
		const row = readRun(tools.db, job.ownerId, runId, true);
		if (!tools.engine.mayUse(job.ownerId, row.modelId)) throw failure('NOT_FOUND', { what: 'model' });
		const model = tools.library.get(row.modelId);
		refuseBroken(model);
		release();
		release = tools.modelsAtWork.hold(row.modelId);
		return { job, row, model, recorder };
	};
	try {
		for (let at = read(); at.row.stage !== 'done'; at = read()) {
			await doStage(tools, at);
			if (job.signal.aborted) break;
		}
	} catch (error) {
		// What a stage leaves when it is told to stop is no failure.
		if (job.signal.aborted) return;
		if (!isFailure(error, 'NOT_FOUND') || error.data.what !== 'model') throw error;
		throw failure('MODEL_REMOVED', { name: readRun(tools.db, job.ownerId, runId, true).modelName }, error);
	} finally {
		recorder.close();
		release();
	}
	if (isDone(tools, job, runId)) await tools.folders.removeRun(runId);
}

/** Deletes the files of a run that was cancelled, whether it was at work or not; what the app's end leaves of them, the next start deletes. */
async function dropCancelled({ db, folders, log }: TrainingTools, { id, ownerId, jobId }: RunRow): Promise<void> {
	try {
		if (db.$client.open && readJob(db, ownerId, jobId)?.state === 'cancelled') await folders.removeRun(id);
	} catch (err) {
		log.error({ err, runId: id }, 'the files of a cancelled run could not be deleted');
	}
}

function doStage(tools: TrainingTools, at: RunAtWork): Promise<void> {
	switch (at.row.stage) {
		case 'training':
			// Without its files, which somebody deleted, it begins anew.
			return existsSync(tools.folders.ofRun(at.row.id).general) ? trainRun(tools, at) : prepareRun(tools, at);
		case 'comparing':
			return compareHeldOut(tools, at);
		case 'checking':
			return checkSafety(tools, at);
		default:
			return prepareRun(tools, at);
	}
}

function isDone({ db }: TrainingTools, { ownerId }: JobRun, runId: string): boolean {
	return db.select({ stage: finetuneRun.stage }).from(finetuneRun).where(ofRun(ownerId, runId)).get()?.stage === 'done';
}
