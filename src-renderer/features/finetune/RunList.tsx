import TrainingIcon from '@mui/icons-material/SchoolOutlined';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useDatasets } from '../../rpc/live.ts';
import { DeletedLink } from '../../ui/DeletedLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { arrangeRuns } from './arrangeRuns.ts';
import { fillWithExample } from './examplePhrases.ts';
import { RunRow } from './RunRow.tsx';
import { useRuns } from './useRuns.ts';

/** So many runs are compared with each other. */
const mostChosen = 2;

/** All runs: what runs and waits first, then what is over, newest first. Two of them can be chosen to compare. */
export function RunList() {
	const { t } = useTranslation('finetune');
	const { value, error } = useRuns();
	const [chosen, setChosen] = useState<readonly string[]>([]);
	const runs = arrangeRuns(value ?? []);
	const next = runs.find(({ job }) => job.state === 'queued');
	const compared = chosen.filter((id) => runs.some((run) => run.id === id));
	const isEmpty = value?.length === 0;
	return (
		<Page
			title={t('title')}
			action={
				value !== null &&
				!isEmpty && (
					<>
						{runs.length > 1 && (
							<Button
								variant="outlined"
								color="inherit"
								disabled={compared.length !== mostChosen}
								component={Link}
								to={`/finetune/compare?runs=${compared.join(',')}`}
							>
								{t('runs.compare')}
							</Button>
						)}
						<Button variant="contained" component={Link} to="/finetune/new">
							{t('runs.new')}
						</Button>
					</>
				)
			}
		>
			<ErrorNotice error={error} sx={{ mb: 2 }} />
			{isEmpty && <NoRuns />}
			{runs.length > 0 && (
				<TableContainer component={Paper} variant="outlined" sx={{ flex: 'none' }}>
					<Table aria-label={t('runs.title')}>
						<TableHead>
							<TableRow>
								<TableCell component="td" padding="none" />
								<TableCell>{t('runs.run')}</TableCell>
								<TableCell>{t('runs.state')}</TableCell>
								<TableCell>{t('runs.progress')}</TableCell>
								<TableCell align="right">{t('runs.loss')}</TableCell>
								<TableCell>{t('runs.when')}</TableCell>
								<TableCell component="td" />
							</TableRow>
						</TableHead>
						<TableBody>
							{runs.map((run) => (
								<RunRow
									key={run.id}
									run={run}
									isNext={run === next}
									isChosen={compared.includes(run.id)}
									mayChoose={compared.length < mostChosen}
									onChoose={(isChosen) => setChosen(isChosen ? [...compared, run.id] : compared.filter((id) => id !== run.id))}
								/>
							))}
						</TableBody>
					</Table>
				</TableContainer>
			)}
			<DeletedLink />
		</Page>
	);
}

function NoRuns() {
	const { t } = useTranslation('finetune');
	const navigate = useNavigate();
	const { value: datasets } = useDatasets();
	const tryExample = async () => {
		fillWithExample(t('datasets.example.title'));
		await navigate('/finetune/datasets/new');
	};
	return (
		<EmptyState icon={<TrainingIcon />} title={t('runs.emptyTitle')} text={t('runs.emptyText')}>
			{datasets !== null && datasets.length > 0 ? (
				<Button variant="contained" component={Link} to="/finetune/new">
					{t('runs.new')}
				</Button>
			) : (
				<Button variant="contained" component={Link} to="/finetune/datasets/new">
					{t('runs.dataset')}
				</Button>
			)}
			<Button variant="outlined" color="inherit" onClick={() => void tryExample()}>
				{t('datasets.example.try')}
			</Button>
		</EmptyState>
	);
}
