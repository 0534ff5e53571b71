import type { RunSettings } from '#contract/finetune.ts';

/** Every setting, in the order of the form. */
export const settingNames = [
	'rank',
	'alpha',
	'targets',
	'epochs',
	'learningRate',
	'warmUpFraction',
	'rowsPerStep',
	'rowTokens',
	'packing',
	'validationFraction',
	'evaluateEverySteps',
	'patience',
	'weightDecay',
	'mostGradient',
	'seed',
	'threads',
	'computeOn',
] as const satisfies readonly (keyof RunSettings)[];
