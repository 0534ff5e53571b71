import { useMemo } from 'react';
import type { Adapter } from '#contract/finetune.ts';
import { client } from './client.ts';
import { createLive } from './live.ts';
import { useMay } from './useMe.ts';

const useAllAdapters = createLive<Adapter[]>((signal) => client.finetune.watchAdapters(undefined, { signal }));

/** The reader's adapters and the public ones, newest first; a viewer has none. */
export const useAdapters = () => useAllAdapters(useMay('user'));

/** Those that belong to a model and whose file is there; null until known. */
export function useAdaptersOf(modelId: string | null): Adapter[] | null {
	const { value } = useAdapters();
	return useMemo(
		() => value?.filter((adapter) => modelId !== null && adapter.modelId === modelId && adapter.fileState === 'present') ?? null,
		[value, modelId],
	);
}
