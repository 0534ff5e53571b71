import type { Machine } from '#contract/engine.ts';
import type { RunSettings } from '#contract/finetune.ts';
import type { TrainOrder } from './trainer/trainerContract.ts';

/** What a training is let compute on: a graphics card where the run's settings leave it and the engine has found one that it would use itself. */
export function deviceFor({ computeOn }: Pick<RunSettings, 'computeOn'>, { gpus }: Pick<Machine, 'gpus'>): TrainOrder['device'] {
	// Runs of before there was a choice have none.
	return computeOn !== 'processor' && gpus.length > 0 ? 'auto' : 'processor';
}
