import type { Deployment } from '#contract/engine.ts';
import type { Model } from '#contract/library.ts';

/** What is to be done next: get a model, load one, wait for one that is on its way, or work with it. */
export type NextStep = 'add' | 'load' | 'wait' | 'work';

/** The next step from what is there. */
export function nextStep(models: readonly Pick<Model, 'kind' | 'fileState'>[], deployments: readonly Pick<Deployment, 'state'>[]): NextStep {
	if (deployments.some(({ state }) => state === 'running')) return 'work';
	if (deployments.some(({ state }) => state === 'loading' || state === 'starting')) return 'wait';
	return models.some(({ kind, fileState }) => kind === 'model' && fileState === 'present') ? 'load' : 'add';
}
