import { failure } from '#contract/errors.ts';
import type { NamedModel } from '#contract/library.ts';

/** A model to work with. Throws NO_MODEL where none is named, NOT_FOUND, and MODEL_MISSING where its file is gone. */
export function requireModel(library: { get(modelId: string): NamedModel }, modelId: string): NamedModel {
	if (modelId === '') throw failure('NO_MODEL', {});
	const model = library.get(modelId);
	if (model.fileState === 'missing') throw failure('MODEL_MISSING', { name: model.name, fileName: model.fileName });
	return model;
}
