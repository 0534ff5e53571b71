import type { Intent, RunSettings } from './finetune.ts';

/** What every intent begins with. */
const usual = {
	epochs: 3,
	rowsPerStep: 8,
	rowTokens: 1024,
	packing: true,
	learningRate: 2e-4,
	warmUpFraction: 0.05,
	weightDecay: 0.01,
	mostGradient: 1,
	validationFraction: 0.1,
	evaluateEverySteps: 20,
	patience: 5,
	seed: 1,
	threads: null,
} satisfies Partial<RunSettings>;

/**
 * The settings that an intent stands for, each of which an expert may change: L1 for a form or a tone, L2 for a subject, L3 for
 * what takes everything that an adapter can change (the mission's table).
 */
export function settingsOfIntent(intent: Intent): RunSettings {
	switch (intent) {
		case 'basic':
			return { ...usual, rank: 8, alpha: 16, targets: ['q', 'k', 'v'] };
		case 'domain':
			return { ...usual, rank: 16, alpha: 32, targets: ['q', 'k', 'v', 'o', 'gate', 'up', 'down'] };
		case 'complex':
			return { ...usual, rank: 32, alpha: 64, targets: ['q', 'k', 'v', 'o', 'gate', 'up', 'down'], epochs: 5, learningRate: 1e-4 };
		default:
			throw new Error(`no such intent: ${intent satisfies never}`);
	}
}
