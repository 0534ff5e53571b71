import { endOf, type JobEnd } from '#contract/jobEnd.ts';
import type { Job } from '#contract/jobs.ts';
import { isJobActive } from '../rpc/isJobActive.ts';

/** Which of the jobs that were active `before` have come to their end by themselves, and which are active now. */
export function endsSince(before: ReadonlySet<string>, jobs: readonly Job[]): { ends: JobEnd[]; active: ReadonlySet<string> } {
	const ended = jobs.filter(({ id, state }) => before.has(id) && (state === 'completed' || state === 'failed'));
	return { ends: ended.map(endOf), active: new Set(jobs.filter(({ state }) => isJobActive(state)).map(({ id }) => id)) };
}
