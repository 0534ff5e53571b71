import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { failureRecord } from './errors.ts';

/** `interrupted`: the app ended while the job ran; it goes on at the item where it stopped. */
export const jobState = z.enum(['queued', 'running', 'paused', 'completed', 'failed', 'cancelled', 'interrupted']);
export type JobState = z.infer<typeof jobState>;

export const job = z.object({
	id: z.string(),
	/** The feature's word, such as `grading`. */
	kind: z.string(),
	state: jobState,
	title: z.string(),
	detail: z.string(),
	fraction: z.number(),
	itemsTotal: z.number().int(),
	itemsDone: z.number().int(),
	itemsFailed: z.number().int(),
	failure: failureRecord.nullable(),
	createdAt: z.number().int(),
	startedAt: z.number().int().nullable(),
	endedAt: z.number().int().nullable(),
	/** Taken off the list by its owner. */
	dismissed: z.boolean(),
});
export type Job = z.infer<typeof job>;

/** One item of a job that could not be done, and why. */
export const failedItem = z.object({
	/** The row of the feature that the item is about, such as the id of a model. */
	subjectId: z.string(),
	/** What people call it; empty where the kind of work has no name for its items. */
	name: z.string(),
	failure: failureRecord,
});
export type FailedItem = z.infer<typeof failedItem>;

const jobId = z.strictObject({ jobId: z.string() });

export const jobs = {
	list: procedure('user').output(z.array(job)),
	/** The caller's jobs: all of them first, then each one that changed, at most ten times a second. */
	watch: procedure('user').output(eventIterator(z.array(job))),
	pause: procedure('user', ['JOB_STATE']).input(jobId).output(job),
	resume: procedure('user', ['JOB_STATE', 'INSUFFICIENT_TOKENS']).input(jobId).output(job),
	cancel: procedure('user', ['JOB_STATE']).input(jobId).output(job),
	/** The items that failed and were not done again since, in their order; the first hundred. */
	failedItems: procedure('user').input(jobId).output(z.array(failedItem)),
	/** Does the failed items again. */
	retry: procedure('user', ['JOB_STATE', 'INSUFFICIENT_TOKENS']).input(jobId).output(job),
	/** Puts a queued job before the caller's others of its kind. */
	runNext: procedure('user', ['JOB_STATE']).input(jobId).output(job),
	/** Takes an ended job off the list. */
	dismiss: procedure('user', ['JOB_STATE']).input(jobId).output(z.void()),
};
