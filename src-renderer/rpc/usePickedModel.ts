import { useState } from 'react';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { useDeployments, useModels, useOfferedRoutes } from './live.ts';
import { useAdaptersOf } from './useAdapters.ts';

/** A model that can be picked. */
interface PickableModel {
	id: string;
	name: string;
	isLoaded: boolean;
	/** It is the demonstration model, which is called so wherever it is shown. */
	isDemo: boolean;
}

/** What was worked with last, or is proposed: it is picked as long as nobody picks something else. */
interface Usual {
	modelId: string | null;
	adapter: AttachedAdapter | null;
}

const nothing: Usual = { modelId: null, adapter: null };

/** The model, and the adapter for it, that the reader picks to work with; without a choice the usual one, else the first that there is. */
export function usePickedModel({ modelId, adapter: usual }: Usual = nothing) {
	const models = usePickableModels();
	const [picked, setPicked] = useState<string | null>(null);
	const [pickedAdapter, setPickedAdapter] = useState<AttachedAdapter | null | undefined>(undefined);
	const model = models?.find(({ id }) => id === (picked ?? modelId)) ?? models?.[0] ?? null;
	const adapters = useAdaptersOf(model?.id ?? null);
	const wanted = pickedAdapter === undefined ? (model?.id === modelId ? usual : null) : pickedAdapter;
	return {
		/** Null until known. */
		models,
		model,
		/** Those for the model; null until known. */
		adapters,
		adapter: adapters?.some(({ id }) => id === wanted?.id) ? wanted : null,
		pickModel: (id: string) => {
			setPicked(id);
			setPickedAdapter(undefined);
		},
		pickAdapter: (adapter: AttachedAdapter | null) => setPickedAdapter(adapter),
	};
}

/** The models whose file is there, loaded ones first, then the last used first, then the routes behind which something answers; null until known. */
function usePickableModels(): PickableModel[] | null {
	const { value: models } = useModels();
	const { value: deployments } = useDeployments();
	const { value: routes } = useOfferedRoutes();
	if (models === null) return null;
	const loaded = new Set((deployments ?? []).filter(({ state }) => state === 'running').map(({ modelId }) => modelId));
	const here = models
		.filter(({ kind, fileState }) => kind === 'model' && fileState === 'present')
		.map(({ id, name, lastUsedAt, origin }) => ({ id, name, lastUsedAt, isLoaded: loaded.has(id), isDemo: origin.source === 'demo' }))
		.sort((a, b) => Number(b.isLoaded) - Number(a.isLoaded) || (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
	return [...here, ...(routes ?? []).filter(({ isUp }) => isUp).map(({ id, name }) => ({ id, name, isLoaded: false, isDemo: false }))];
}
