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
	computeOn: 'automatic',
} satisfies Partial<RunSettings>;

/** A model of this size takes the learning rates below as they are. */
const usualWeights = 8e9;
/** Narrower models bear larger steps, up to this many times. */
const mostFactor = 10;

/** Fewer examples than this hardly teach anything: they are learnt by heart. */
export const fewExamples = 20;

/**
 * The settings that an intent stands for, each of which an expert may change: L1 for a form or a tone, L2 for a subject, L3 for
 * what takes everything that an adapter can change (the mission's table).
 *
 * The best learning rate of a LoRA falls with the model's width to the power of 0.78 (Schulman et al. 2025, "LoRA Without Regret", fitted to
 * Llama); width grows about with the cube root of the weights. `parameters`: how many weights the model has; null: as for one of 8 billion.
 *
 * A rank above the number of `examples` has room for nothing but learning each by heart: it is halved until it is not. Null: they are enough.
 */
export function settingsOfIntent(intent: Intent, parameters: number | null = null, examples: number | null = null): RunSettings {
	const settings = ofUsualModel(intent);
	const factor = parameters === null ? 1 : Math.min(mostFactor, Math.max(1, (usualWeights / parameters) ** (0.78 / 3)));
	const rank = Math.min(settings.rank, 2 ** Math.floor(Math.log2(Math.max(1, examples ?? settings.rank))));
	return { ...settings, rank, alpha: (settings.alpha * rank) / settings.rank, learningRate: Number((settings.learningRate * factor).toPrecision(2)) };
}

function ofUsualModel(intent: Intent): RunSettings {
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
