import type { Run } from '#contract/finetune.ts';

/** What a reader can do to a run. */
export type RunAct = 'runNext' | 'pause' | 'resume' | 'retry' | 'cancel' | 'remove';

/** What can be done to a run as it stands, in the order of the buttons. `isNext`: no other of the reader's waits before it. */
export function actsOnRun({ job }: Pick<Run, 'job'>, isNext: boolean): RunAct[] {
	switch (job.state) {
		case 'queued':
			return isNext ? ['pause', 'cancel'] : ['runNext', 'pause', 'cancel'];
		case 'running':
			return ['pause', 'cancel'];
		case 'paused':
		case 'interrupted':
			return ['resume', 'cancel'];
		case 'failed':
			return ['retry', 'remove'];
		case 'completed':
		case 'cancelled':
			return ['remove'];
	}
}

/** Whether a run has not come to its end. */
export function isOpen({ job }: Pick<Run, 'job'>): boolean {
	return job.state !== 'completed' && job.state !== 'failed' && job.state !== 'cancelled';
}
