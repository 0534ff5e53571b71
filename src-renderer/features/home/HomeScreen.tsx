import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { useTranslation } from 'react-i18next';
import { useDeployments, useJobs, useModels, useSettingsNow } from '../../rpc/live.ts';
import { useMay } from '../../rpc/useMe.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { JobList } from './JobList.tsx';
import { LoadedModels } from './LoadedModels.tsx';
import { MachineFigures } from './MachineFigures.tsx';
import { ModelStep } from './ModelStep.tsx';
import { nextStep } from './nextStep.ts';
import { QuickActs } from './QuickActs.tsx';
import { RecentFiles } from './RecentFiles.tsx';
import { UnfinishedList } from './UnfinishedList.tsx';
import { useUnfinished } from './useUnfinished.ts';

/** Where one arrives: what waits for the reader, the work that is running, and the machine with its models; who is new, the first steps. */
export function HomeScreen() {
	const { t } = useTranslation('home');
	const models = useModels();
	const deployments = useDeployments();
	const jobs = useJobs();
	const { found, hasWork, error } = useUnfinished(jobs.value);
	const mayWork = useMay('user');
	const firstSteps = useSettingsNow().value?.firstSteps ?? null;
	const isKnown = models.value !== null && deployments.value !== null && found !== null && firstSteps !== null;
	const next = nextStep(models.value ?? [], deployments.value ?? []);
	const isGuided = firstSteps === 'shown' || (firstSteps === 'new' && !hasWork);
	return (
		<Page title={t('title')}>
			<ErrorNotice error={models.error ?? deployments.error ?? jobs.error ?? error} sx={{ mb: 2 }} />
			<Box
				sx={{
					...{ visibility: isKnown || error ? 'visible' : 'hidden', width: '100%', maxWidth: 1160, pt: 1 },
					...{ display: 'grid', columnGap: 4, alignItems: 'start', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 340px' } },
				}}
			>
				<Box>
					{isGuided && <FirstSteps next={next} />}
					{!isGuided && mayWork && <QuickActs />}
					{!isGuided && (next !== 'work' || !mayWork) && (
						<Paper variant="outlined" sx={{ mb: 3 }}>
							<ModelStep next={next} />
						</Paper>
					)}
					<UnfinishedList unfinished={found ?? []} />
					<JobList jobs={jobs.value ?? []} models={models.value} />
					<RecentFiles />
				</Box>
				<Box>
					<LoadedModels deployments={deployments.value ?? []} />
					<MachineFigures deployments={deployments.value ?? []} />
				</Box>
			</Box>
		</Page>
	);
}
