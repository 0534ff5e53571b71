import type { Deployment } from '#contract/engine.ts';
import type { Model } from '#contract/library.ts';

/** A model that can be picked, with what is known of it in memory. */
export interface ModelChoice {
	model: Model;
	/** The newest deployment that runs or is about to; null while the model is not loaded. */
	deployment: Deployment | null;
	state: 'running' | 'loading' | 'unloaded' | 'missing';
}

const order = { running: 0, loading: 1, unloaded: 2, missing: 3 } as const;

/** Lists the library's models for the picker: loaded ones first, then those being loaded, then the rest; the last used first in each. */
export function modelChoices(models: readonly Model[], deployments: readonly Deployment[]): ModelChoice[] {
	return models
		.filter(({ kind }) => kind === 'model')
		.map((model) => choiceOf(model, deployments))
		.sort((a, b) => order[a.state] - order[b.state] || (b.model.lastUsedAt ?? 0) - (a.model.lastUsedAt ?? 0) || a.model.name.localeCompare(b.model.name));
}

function choiceOf(model: Model, deployments: readonly Deployment[]): ModelChoice {
	const own = deployments.filter((deployment) => deployment.modelId === model.id);
	const running = own.find((deployment) => deployment.state === 'running');
	if (running) return { model, deployment: running, state: 'running' };
	const loading = own.find((deployment) => deployment.state === 'starting' || deployment.state === 'loading');
	if (loading) return { model, deployment: loading, state: 'loading' };
	return { model, deployment: null, state: model.fileState === 'missing' ? 'missing' : 'unloaded' };
}
