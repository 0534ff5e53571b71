import { isJobOver } from '#contract/isJobOver.ts';
import type { JobState } from '#contract/jobs.ts';

/** Tells whether a job still has work before it: it runs, waits its turn, is paused, or goes on after the app was ended. */
export function isJobActive(state: JobState | undefined): boolean {
	return state !== undefined && !isJobOver(state);
}
