import { isFailure } from '#contract/errors.ts';
import type { TrainOrder } from './trainer/trainerContract.ts';

/** Whether a trainer's end may be its graphics card's fault: it was let use one, and broke. The processor may do what it was to do then. */
export function isCardFailure(error: unknown, { device }: Pick<TrainOrder, 'device'>): boolean {
	return device === 'auto' && isFailure(error, 'TRAINING_FAILED') && ['broke', 'ended'].includes(error.data.kind);
}
