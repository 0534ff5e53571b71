import type { Job } from '#contract/jobs.ts';

/** From fewer than this, in less time, the speed is a guess: what was done while nobody looked arrives all at once. */
const leastSeen = 3;
const leastMs = 3_000;

/**
 * Estimates how long a running grading still takes, in milliseconds, for the progress line; null before it can be known.
 *
 * `since` is what the screen saw first of this run: the items done by then tell nothing of the speed now, as they may be
 * from before a pause or a restart.
 */
export function remainingMs(job: Pick<Job, 'itemsTotal' | 'itemsDone' | 'itemsFailed'>, since: { at: number; items: number }, now: number): number | null {
	const finished = job.itemsDone + job.itemsFailed;
	const seen = finished - since.items;
	if (seen < leastSeen || now - since.at < leastMs) return null;
	return ((now - since.at) / seen) * (job.itemsTotal - finished);
}
