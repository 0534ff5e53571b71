import type { JobState } from '#contract/jobs.ts';

/** What can happen to a job. `interrupt`: the app ends or ended; `requeue`: the app takes an interrupted job up again. */
export type JobEvent = 'start' | 'complete' | 'fail' | 'interrupt' | 'requeue' | 'pause' | 'resume' | 'cancel' | 'retry';

const transitions: Record<JobState, Partial<Record<JobEvent, JobState>>> = {
	queued: { start: 'running', pause: 'paused', cancel: 'cancelled' },
	running: { complete: 'completed', fail: 'failed', interrupt: 'interrupted', pause: 'paused', cancel: 'cancelled' },
	paused: { resume: 'queued', cancel: 'cancelled' },
	interrupted: { requeue: 'queued', resume: 'queued', cancel: 'cancelled' },
	// Only with failed items: there is nothing to do again in a job that did it all.
	completed: { retry: 'queued' },
	failed: { retry: 'queued' },
	cancelled: {},
};

/** The state that `event` leads to from `state`, or null where it is not possible. */
export function nextState(state: JobState, event: JobEvent, itemsFailed: number): JobState | null {
	if (state === 'completed' && event === 'retry' && itemsFailed === 0) return null;
	return transitions[state][event] ?? null;
}
