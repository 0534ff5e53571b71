import { failure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';

/** Refuses a model whose file cannot be worked with for hours: MODEL_MISSING, or MODEL_DAMAGED, which the engine would not answer with afterwards. */
export function refuseBroken({ fileState, name, fileName, check }: Pick<Model, 'fileState' | 'name' | 'fileName' | 'check'>): void {
	if (fileState === 'missing') throw failure('MODEL_MISSING', { name, fileName });
	if (fileState === 'damaged') throw failure('MODEL_DAMAGED', { name, badBytes: check?.badBytes ?? 0 });
}
