import { usualAdamW } from './AdamW.ts';
import { targets } from './Adapter.ts';
import type { Example } from './Row.ts';
import { readBase } from './readBase.ts';
import { Trainer } from './Trainer.ts';
import type { RunSettings } from './TrainingRun.ts';
import { testGgml } from './writeArchitectureModel.test-support.ts';

/** A short run that learns fast. */
export const runSettings: RunSettings = {
	epochs: 12,
	rowsPerStep: 2,
	mostTokens: 64,
	packing: true,
	seed: 3,
	learningRate: 1e-2,
	warmUpFraction: 0.1,
	lastRateFraction: 0.1,
	optimizer: { ...usualAdamW, weightDecay: 0.01 },
};

/** Questions of random tokens, each with an answer that follows from them by a rule: the same tokens, each 20 further on. */
export function ruleExamples(count: number, start: number): Example[] {
	return Array.from({ length: count }, (_, number) => {
		const question = Array.from({ length: 5 }, (_, i) => 20 + ((start + number * 37 + i * i * 11 + number * i * 17) % 120));
		const answer = question.map((token) => token + 20);
		return { tokens: [4, ...question, 5, ...answer, 6], learnt: [4, ...question, 5, ...answer, 6].map((_, i) => i > 6) };
	});
}

/** A trainer on a model, for `runSettings`. */
export function openTestTrainer(modelPath: string, rank = 8): Trainer {
	return new Trainer(testGgml, readBase(modelPath), {
		adapter: { rank, alpha: 16, targets, seed: 1 },
		threads: 1,
		mostTokens: runSettings.mostTokens,
		rowsAtOnce: 2,
	});
}
