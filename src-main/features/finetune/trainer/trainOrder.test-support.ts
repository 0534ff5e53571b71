import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeExamples } from './exampleFile.ts';
import type { Example } from './Row.ts';
import { ruleExamples } from './ruleRun.test-support.ts';
import type { TrainOrder } from './trainerContract.ts';

/** What a test's order differs in. */
export interface OrderWishes {
	settings?: Partial<TrainOrder['settings']>;
	examples?: readonly Example[];
	validation?: readonly Example[];
	general?: readonly Example[];
}

/** A text that follows no rule of `ruleExamples`: what a training may forget. */
export const generalExamples: readonly Example[] = [3, 4].map((start) => {
	const tokens = Array.from({ length: 40 }, (_, i) => 20 + ((start * 53 + i * i * 7 + i * 29) % 250));
	return { tokens, learnt: tokens.map(() => false) };
});

/** Lays out the files of a short training in a folder, for a model that is there. */
export async function writeTrainOrder(folder: string, modelPath: string, wishes: OrderWishes = {}): Promise<TrainOrder> {
	await mkdir(folder, { recursive: true });
	const file = (name: string) => path.join(folder, name);
	await writeExamples(file('training'), wishes.examples ?? ruleExamples(24, 0));
	await writeExamples(file('validation'), wishes.validation ?? ruleExamples(6, 5));
	await writeExamples(file('general'), wishes.general ?? generalExamples);
	return {
		kind: 'train',
		modelPath,
		trainingFile: file('training'),
		validationFile: wishes.validation?.length === 0 ? null : file('validation'),
		generalFile: file('general'),
		folder,
		settings: {
			rank: 4,
			alpha: 8,
			targets: ['q', 'k', 'v', 'o', 'gate', 'up', 'down'],
			epochs: 6,
			rowsPerStep: 2,
			rowTokens: 40,
			packing: true,
			learningRate: 1e-2,
			warmUpFraction: 0.1,
			weightDecay: 0.01,
			mostGradient: 1,
			validationFraction: 0.2,
			evaluateEverySteps: 4,
			patience: null,
			seed: 3,
			threads: 1,
			computeOn: 'processor',
			...wishes.settings,
		},
		threads: 1,
		mostBytes: 2 ** 31,
		checkpointEverySteps: 3,
		device: 'processor',
		metadata: { 'general.name': 'rule', 'homeroom.run': 'test' },
	};
}
