import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { failure, isFailure } from '#contract/errors.ts';

/** An adapter that can be answered with. */
export interface OpenAdapter {
	/** Where it lies now; reading it may throw what `open` does, since it may be taken back at any time. */
	readonly file: string;
	scale: number;
	name: string;
}

/** Where those who answer find the adapters that people attach. */
export interface AdapterShelf {
	/**
	 * Finds the adapter that this owner attached, for use with this model. Throws NOT_FOUND (`what: 'adapter'`) for one that is not there or
	 * not theirs, ADAPTER_MISSING where its file is gone, ADAPTER_UNFIT where it does not belong to the model.
	 */
	open(ownerId: string, attached: AttachedAdapter, modelId: string): OpenAdapter;
}

/** A shelf without adapters. */
export const noAdapters: AdapterShelf = {
	open: () => {
		throw failure('NOT_FOUND', { what: 'adapter' });
	},
};

/** Whether a failure says that an adapter cannot be used, and not that something went wrong with it in use. */
export function isAdapterFailure(error: unknown): boolean {
	if (isFailure(error, 'NOT_FOUND')) return error.data.what === 'adapter';
	return isFailure(error, 'ADAPTER_MISSING') || isFailure(error, 'ADAPTER_UNFIT') || isFailure(error, 'ADAPTER_INVALID');
}

/** What a model with an adapter is called; a strength other than 1, 0 too, belongs to it, since it answers otherwise. */
export function nameWithAdapter(modelName: string, adapter: Pick<OpenAdapter, 'name' | 'scale'> | null): string {
	if (!adapter) return modelName;
	const strength = adapter.scale === 1 ? '' : ` × ${Number(adapter.scale.toFixed(2))}`;
	return `${modelName} + ${adapter.name}${strength}`;
}
