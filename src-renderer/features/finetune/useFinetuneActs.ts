import { useNavigate } from 'react-router';
import { useMay } from '../../rpc/useMe.ts';
import type { Act } from '../../ui/Act.ts';

/** What fine-tuning offers from everywhere. */
export function useFinetuneActs(): Act[] {
	const mayTrain = useMay('user');
	const navigate = useNavigate();
	if (!mayTrain) return [];
	const detail: Act['detail'] = (t) => t('app:nav.finetune');
	return [
		{
			id: 'finetune.new',
			kind: 'act',
			label: (t) => t('finetune:runs.new'),
			detail,
			also: (t) => t('synonyms:act.train'),
			run: () => navigate('/finetune/new'),
		},
		{
			id: 'finetune.dataset',
			kind: 'act',
			label: (t) => t('finetune:datasets.new'),
			detail,
			also: (t) => t('synonyms:act.newDataset'),
			run: () => navigate('/finetune/datasets/new'),
		},
	];
}
