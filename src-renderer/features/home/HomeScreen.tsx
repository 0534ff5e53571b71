import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useDeployments, useJobs, useModels } from '../../rpc/live.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { JobList } from './JobList.tsx';
import { LoadedModels } from './LoadedModels.tsx';
import { NextSteps } from './NextSteps.tsx';
import { nextStep } from './nextStep.ts';

/** Where one arrives: the next step, the work that is running, and the models that are ready. */
export function HomeScreen() {
	const { t } = useTranslation('home');
	const models = useModels();
	const deployments = useDeployments();
	const jobs = useJobs();
	const isKnown = models.value !== null && deployments.value !== null;
	return (
		<Page title={t('title')} width="reading">
			<ErrorNotice error={models.error ?? deployments.error ?? jobs.error} sx={{ mb: 2 }} />
			<Box sx={{ visibility: isKnown ? 'visible' : 'hidden' }}>
				<NextSteps next={nextStep(models.value ?? [], deployments.value ?? [])} />
				<JobList jobs={jobs.value ?? []} models={models.value} />
				<LoadedModels deployments={deployments.value ?? []} />
			</Box>
		</Page>
	);
}
