import { useNavigate } from 'react-router';
import { client } from '../../rpc/client.ts';
import { useDeployments, useModels } from '../../rpc/live.ts';
import { loadDemo } from '../../rpc/loadDemo.ts';
import { useMay } from '../../rpc/useMe.ts';
import type { Act } from '../../ui/Act.ts';

const mostModels = 30;

/** What the library offers from everywhere: to load each model that is not loaded, after a look at what it takes, and to take each loaded one out. */
export function useLibraryActs(): Act[] {
	const navigate = useNavigate();
	const mayUse = useMay('user');
	const mayAdd = useMay('admin');
	const models = useModels().value ?? [];
	const deployments = useDeployments().value ?? [];
	const detail: Act['detail'] = (t) => t('app:nav.models');
	const inMemory = deployments.filter(({ state }) => state === 'running' || state === 'loading' || state === 'starting');
	const loadable = models.filter(({ id, kind, fileState }) => kind === 'model' && fileState === 'present' && !inMemory.some(({ modelId }) => modelId === id));
	const hasDemo = models.some(({ origin }) => origin.source === 'demo');
	const acts: Act[] = [
		...inMemory.map(
			({ id, modelName }): Act => ({
				...{
					id: `library.unload.${id}`,
					kind: 'act',
					label: (t) => t('library:palette.unload', { name: modelName }),
					detail,
					also: (t) => t('synonyms:act.unload'),
				},
				run: () => client.engine.unload({ deploymentId: id }),
			}),
		),
		...loadable.slice(0, mostModels).map(
			({ id, name }): Act => ({
				...{ id: `library.load.${id}`, kind: 'act', label: (t) => t('library:palette.load', { name }), detail, also: (t) => t('synonyms:act.load') },
				run: () => navigate(`/models?load=${id}`),
			}),
		),
	];
	const adding: Act[] = hasDemo
		? []
		: [{ id: 'library.demo', kind: 'act', label: (t) => t('library:palette.demo'), detail, also: (t) => t('synonyms:act.demo'), run: loadDemo }];
	return [...(mayUse ? acts : []), ...(mayAdd ? adding : [])];
}
