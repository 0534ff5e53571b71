import type { JobState } from './jobs.ts';

/** Tells whether a job has no work before it any more, unless it is tried again. */
export function isJobOver(state: JobState): boolean {
	return state === 'completed' || state === 'failed' || state === 'cancelled';
}
