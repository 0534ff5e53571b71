import type { Run, RunPoint } from '#contract/finetune.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';

/** A run as the app tells it, for tests to change. */
export const exampleRun: Run = {
	id: 'run',
	title: 'Mark like me',
	modelId: 'model',
	modelName: 'Qwen3 0.6B',
	dataset: { id: 'dataset', title: 'My marks', versionId: 'version', number: 2 },
	intent: 'basic',
	task: 'marks',
	settings: settingsOfIntent('basic'),
	job: { id: 'job', state: 'running', failure: null },
	stage: 'training',
	step: 3,
	totalSteps: 60,
	measuring: null,
	now: {
		loss: 1.5,
		validationLoss: 1.7,
		forgetting: 1.01,
		learningRate: 2e-4,
		tokensPerSecond: 131,
		memoryBytes: 443_000_000,
		vramBytes: null,
	},
	outcome: null,
	adapterId: null,
	createdAt: 1_790_000_000_000,
	endedAt: null,
};

/** One point of a run's curves; what is left out was not measured there. */
export function pointAt(step: number, more: Partial<RunPoint> = {}): RunPoint {
	return {
		step,
		loss: null,
		validationLoss: null,
		forgetting: null,
		learningRate: null,
		tokensPerSecond: null,
		memoryBytes: null,
		vramBytes: null,
		at: 1_790_000_000_000 + step * 1000,
		...more,
	};
}
