import TrainingIcon from '@mui/icons-material/SchoolOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useDatasets, useModels } from '../../rpc/live.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FormPage } from '../../ui/FormPage.tsx';
import { notify } from '../../ui/notify.ts';
import { NewRunForm } from './NewRunForm.tsx';
import { clearForm, useNewRun } from './newRunStore.ts';
import { trainingChoices } from './trainingChoices.ts';

/** The form for a new run: what is trained, with what, and how much is to be learnt; what it needs is seen before it starts. */
export function NewRunScreen() {
	const { t } = useTranslation('finetune');
	const navigate = useNavigate();
	const models = useModels();
	const datasets = useDatasets();
	const isUntouched = useNewRun(({ title, modelId, versionId }) => title === '' && modelId === null && versionId === null);
	const choices = trainingChoices(models.value ?? []);
	const isKnown = models.value !== null && datasets.value !== null;
	const discard = async () => {
		const bringBack = clearForm();
		await navigate('/finetune');
		notify(t('newRun.discarded'), async () => {
			bringBack();
			await navigate('/finetune/new');
		});
	};
	const lacks = !isKnown ? null : choices.every(({ reason }) => reason !== null) ? 'model' : datasets.value?.length === 0 ? 'dataset' : null;
	return (
		<FormPage
			title={t('newRun.title')}
			back={{ to: '/finetune', label: t('compare.back') }}
			onDiscard={isUntouched ? null : () => void discard()}
			width={lacks === null ? 'reading' : 'full'}
		>
			<ErrorNotice error={models.error ?? datasets.error} sx={{ mb: 2 }} />
			{lacks !== null && <Lacking what={lacks} />}
			{isKnown && lacks === null && <NewRunForm choices={choices} datasets={datasets.value ?? []} />}
		</FormPage>
	);
}

/** What must be there before a run can be. */
function Lacking({ what }: { what: 'model' | 'dataset' }) {
	const { t } = useTranslation('finetune');
	return (
		<EmptyState icon={<TrainingIcon />} title={t(`newRun.lacks.${what}.title`)} text={t(`newRun.lacks.${what}.text`)}>
			<Box>
				<Button variant="contained" component={Link} to={what === 'model' ? '/models' : '/finetune/datasets'}>
					{t(`newRun.lacks.${what}.act`)}
				</Button>
			</Box>
		</EmptyState>
	);
}
