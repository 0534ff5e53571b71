import type { RunSettings } from '#contract/finetune.ts';
import { fewExamples } from '#contract/settingsOfIntent.ts';

/** Adapters learn at 0.00005 to 0.002; above this the loss jumps and the model is spoilt. */
const highRate = 0.005;

/**
 * What is allowed and seldom meant: fewer examples than teach anything, a rate that spoils the model, more columns than there are examples.
 * `examples` is null while they are not known.
 */
export function doubtfulSettings({ learningRate, rank }: RunSettings, examples: number | null): ('examples' | 'learningRate' | 'rank')[] {
	return [
		...(examples !== null && examples < fewExamples ? (['examples'] as const) : []),
		...(learningRate > highRate ? (['learningRate'] as const) : []),
		...(examples !== null && rank > examples ? (['rank'] as const) : []),
	];
}
