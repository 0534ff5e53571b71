import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import type { Model } from '#contract/library.ts';
import { ask } from './tableStore.ts';

/** Opens the load dialog of the model that the address names (`?load=`), once, and takes it out of the address. */
export function useAskedByAddress(models: readonly Model[] | null): void {
	const [parameters, setParameters] = useSearchParams();
	const wanted = parameters.get('load');
	useEffect(() => {
		if (wanted === null || models === null) return;
		const model = models.find(({ id }) => id === wanted);
		if (model) ask('load', [model]);
		setParameters({}, { replace: true });
	}, [wanted, models, setParameters]);
}
