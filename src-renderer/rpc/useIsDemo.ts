import { useModels } from './live.ts';

/** Tells of a model whether it is the demonstration model, which is called so wherever it is shown. */
export function useIsDemo(): (modelId: string | null) => boolean {
	const { value: models } = useModels();
	return (modelId) => models?.some(({ id, origin }) => id === modelId && origin.source === 'demo') ?? false;
}
