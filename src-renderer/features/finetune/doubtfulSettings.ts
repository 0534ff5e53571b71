import type { RunSettings } from '#contract/finetune.ts';

/** Adapters learn at 0.00005 to 0.002; above this the loss jumps and the model is spoilt. */
const highRate = 0.005;

/** Settings that are allowed and seldom meant: a rate that spoils the model, more columns than there are examples (null: not known). */
export function doubtfulSettings({ learningRate, rank }: RunSettings, examples: number | null): ('learningRate' | 'rank')[] {
	return [...(learningRate > highRate ? (['learningRate'] as const) : []), ...(examples !== null && rank > examples ? (['rank'] as const) : [])];
}
