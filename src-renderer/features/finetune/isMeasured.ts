import type { Run } from '#contract/finetune.ts';

/** Whether a run that trains takes no step now, since it is measured: between two steps, or after the last one. */
export function isMeasured({ job, stage, step, totalSteps, measuring }: Run): boolean {
	return job.state === 'running' && stage === 'training' && (typeof measuring === 'number' || (totalSteps !== null && step >= totalSteps));
}
