import type { Deployment } from '#contract/engine.ts';
import type { Model } from '#contract/library.ts';

/** What is to be done next: get a model, load one, or work with it. */
export type NextStep = 'add' | 'load' | 'work';

/** The next step from what is there; a model on its way up counts as loaded, because the work can wait for it. */
export function nextStep(models: readonly Pick<Model, 'kind' | 'fileState'>[], deployments: readonly Pick<Deployment, 'state'>[]): NextStep {
	if (deployments.some(({ state }) => state === 'running' || state === 'loading' || state === 'starting')) return 'work';
	return models.some(({ kind, fileState }) => kind === 'model' && fileState === 'present') ? 'load' : 'add';
}
