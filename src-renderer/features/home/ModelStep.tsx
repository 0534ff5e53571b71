import ModelsIcon from '@mui/icons-material/Inventory2Outlined';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { loadDemo, useDemoComing } from '../../rpc/loadDemo.ts';
import { useMay } from '../../rpc/useMe.ts';
import { notifyError } from '../../ui/notify.ts';
import type { NextStep } from './nextStep.ts';
import { Step } from './Step.tsx';

/** The way to a model, as far as the reader may go it: to get one, to load one, or to look at what there is. */
export function ModelStep({ next }: { next: NextStep }) {
	const { t } = useTranslation('home');
	const mayAdd = useMay('admin');
	const mayWork = useMay('user');
	const isFirst = next === 'add' && mayAdd;
	const isComing = useDemoComing((state) => state.isComing);
	const isWaiting = isComing || next === 'wait';
	const models = isWaiting ? 'coming' : next === 'add' ? (mayAdd ? 'add' : 'none') : !mayWork ? 'look' : next === 'load' ? 'load' : 'ready';
	return (
		<Step
			icon={<ModelsIcon />}
			title={t(`models.${models}.title`)}
			text={t(`models.${models}.text`)}
			act={t(`models.${models}.act`)}
			to="/models"
			isNext={mayWork && next !== 'work' && !isFirst && !isWaiting}
		>
			{isFirst && (
				<Button variant="contained" loading={isComing} onClick={() => void loadDemo().catch(notifyError)}>
					{t('models.add.demo')}
				</Button>
			)}
		</Step>
	);
}
