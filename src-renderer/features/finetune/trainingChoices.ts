import type { Model } from '#contract/library.ts';
import { trainableArchitectures } from '#contract/trainableArchitectures.ts';

/** Why a model cannot be trained, as it is now. */
export type Untrainable = 'architecture' | 'split' | 'missing' | 'changed' | 'damaged';

/** A model that can be chosen for a run, or is shown with the reason why not. */
export interface TrainingChoice {
	model: Model;
	reason: Untrainable | null;
}

/** Lists the models of the library for a run: those that can be trained first, the last used first in each. */
export function trainingChoices(models: readonly Model[]): TrainingChoice[] {
	return models
		.filter(({ kind }) => kind === 'model')
		.map((model) => ({ model, reason: untrainableReason(model) }))
		.sort(
			(a, b) =>
				Number(a.reason !== null) - Number(b.reason !== null) ||
				(b.model.lastUsedAt ?? 0) - (a.model.lastUsedAt ?? 0) ||
				a.model.name.localeCompare(b.model.name),
		);
}

function untrainableReason({ architecture, files, fileState }: Pick<Model, 'architecture' | 'files' | 'fileState'>): Untrainable | null {
	if (!trainableArchitectures.some((known) => known === architecture)) return 'architecture';
	if (files.length > 1) return 'split';
	return fileState === 'present' ? null : fileState;
}
