import type { Job } from '#contract/jobs.ts';

/** What a reader can do to a job. */
export type JobAct = 'runNext' | 'pause' | 'resume' | 'retry' | 'cancel' | 'dismiss';

/** What can be done to a job as it stands, in the order of the buttons; `others` wait in the same line. */
export function actsOn(job: Pick<Job, 'id' | 'kind' | 'state' | 'itemsFailed' | 'failure'>, others: readonly Pick<Job, 'id' | 'kind' | 'state'>[]): JobAct[] {
	switch (job.state) {
		case 'queued':
			return others.some(({ id, kind, state }) => id !== job.id && kind === job.kind && state === 'queued')
				? ['runNext', 'pause', 'cancel']
				: ['pause', 'cancel'];
		case 'running':
			return ['pause', 'cancel'];
		case 'paused':
		case 'interrupted':
			return ['resume', 'cancel'];
		case 'completed':
			return job.itemsFailed > 0 ? ['retry', 'dismiss'] : ['dismiss'];
		case 'failed':
			// The same file would come again.
			return job.failure?.code === 'MODEL_FILE_INVALID' ? ['dismiss'] : ['retry', 'dismiss'];
		case 'cancelled':
			return ['dismiss'];
	}
}

/** Tells whether a job came to its end with some of its items undone. */
export function hasEndedInPart(job: Pick<Job, 'state' | 'itemsFailed'>): boolean {
	return job.state === 'completed' && job.itemsFailed > 0;
}

/** The colour of a job's state; one that ended with failed items did not end well. */
export function jobTone(job: Pick<Job, 'state' | 'itemsFailed'>): 'good' | 'bad' | 'warn' | 'quiet' {
	if (job.state === 'failed') return 'bad';
	if (hasEndedInPart(job)) return 'warn';
	if (job.state === 'completed') return 'good';
	return 'quiet';
}

const mostEnded = 5;

/** The jobs worth a line: all that are not over, then the last few that are. `jobs` come newest first. */
export function shownJobs(jobs: readonly Job[]): Job[] {
	const active = jobs.filter(({ endedAt }) => endedAt === null);
	const ended = jobs.filter(({ endedAt }) => endedAt !== null);
	return [...active, ...ended.slice(0, mostEnded)];
}
