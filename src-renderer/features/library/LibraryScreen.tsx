import ModelsIcon from '@mui/icons-material/Inventory2Outlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDeployments, useJobs, useModels } from '../../rpc/live.ts';
import { useMay } from '../../rpc/useMe.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { useAim } from '../../ui/useAim.ts';
import { AddModelDialog } from './AddModelDialog.tsx';
import { ArrivalList } from './ArrivalList.tsx';
import { AskedDialog } from './AskedDialog.tsx';
import { DeploymentList } from './DeploymentList.tsx';
import { DiskFigures } from './DiskFigures.tsx';
import { LibraryJobs } from './LibraryJobs.tsx';
import { endedWork, libraryJobs } from './libraryJobs.ts';
import { useLibrary } from './libraryStore.ts';
import { ModelTable } from './ModelTable.tsx';
import { RefusedNotice } from './RefusedNotice.tsx';
import { useAskedByAddress } from './useAskedByAddress.ts';
import { useEndedNotices } from './useEndedNotices.ts';

/** The models on this machine: what is loaded and how it does, the library, and the disk it takes; models come in by path or choice, and those that are dropped on the window (app/opening). */
export function LibraryScreen() {
	const { t } = useTranslation('library');
	const models = useModels();
	const deployments = useDeployments();
	const jobs = useJobs();
	const { error, clearError, loadDemo } = useLibrary();
	const [isAdding, setAdding] = useState(false);
	const scroller = useRef<HTMLDivElement>(null);
	useEndedNotices(jobs.value);
	useAskedByAddress(models.value);
	const mayAdd = useMay('admin');
	const hasDemo = models.value?.some(({ origin }) => origin.source === 'demo') ?? true;
	useAim(['example'], models.value !== null, () => mayAdd && !hasDemo && void loadDemo());

	return (
		<Box sx={{ height: '100%', position: 'relative' }}>
			<Page
				title={t('title')}
				scroller={scroller}
				action={
					mayAdd &&
					models.value !== null &&
					models.value.length > 0 && (
						<Button variant="contained" onClick={() => setAdding(true)}>
							{t('add.button')}
						</Button>
					)
				}
			>
				<ErrorNotice error={error} onClose={clearError} sx={{ mb: 2 }} />
				<ErrorNotice error={models.error ?? deployments.error ?? jobs.error} sx={{ mb: 2 }} />
				<RefusedNotice sx={{ mb: 2 }} />
				<ArrivalList />
				<LibraryJobs jobs={libraryJobs(jobs.value ?? [])} models={models.value} />
				<DeploymentList deployments={deployments.value ?? []} />
				{models.value?.length === 0 &&
					(mayAdd ? <EmptyLibrary onAdd={() => setAdding(true)} /> : <EmptyState icon={<ModelsIcon />} title={t('empty.title')} text={t('empty.askAdmin')} />)}
				{models.value !== null && models.value.length > 0 && (
					<>
						<DiskFigures models={models.value} work={endedWork(jobs.value ?? [])} />
						<ModelTable models={models.value} deployments={deployments.value ?? []} scroller={scroller} />
					</>
				)}
			</Page>
			{isAdding && <AddModelDialog onClose={() => setAdding(false)} />}
			<AskedDialog />
		</Box>
	);
}

function EmptyLibrary({ onAdd }: { onAdd: () => void }) {
	const { t } = useTranslation('library');
	const loadDemo = useLibrary((state) => state.loadDemo);
	const isComing = useLibrary((state) => state.arrivals.some(({ state: now }) => now !== 'failed'));
	return (
		<EmptyState icon={<ModelsIcon />} title={t('empty.title')} text={t('empty.text')}>
			<Button variant="contained" loading={isComing} onClick={() => void loadDemo()}>
				{t('demo.button')}
			</Button>
			<Button variant="outlined" color="inherit" component={Link} to="/models/find">
				{t('empty.find')}
			</Button>
			<Button variant="outlined" color="inherit" onClick={onAdd}>
				{t('empty.add')}
			</Button>
			<Typography variant="caption" sx={{ width: '100%', color: 'text.secondary' }}>
				{t('demo.text')}
			</Typography>
		</EmptyState>
	);
}
