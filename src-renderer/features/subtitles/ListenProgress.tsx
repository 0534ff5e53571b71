import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { useJobs } from '../../rpc/live.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { steerListening } from './newFilmStore.ts';

/** How far the recognition of speech is, with ways to pause and to stop it, and at the end the way to its project. */
export function ListenProgress({ jobId, projectId }: { jobId: string; projectId: string }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const { value: jobs } = useJobs();
	const job = jobs?.find(({ id }) => id === jobId);
	if (!job) return null;
	if (isJobActive(job.state)) {
		const isPaused = job.state === 'paused';
		const state = isPaused ? 'paused' : job.state === 'running' ? 'running' : 'queued';
		return (
			<ProgressLine
				title={t(`listen.${state}`)}
				detail={state === 'running' ? format.percent(job.fraction) : ''}
				fraction={state === 'running' && job.fraction > 0 ? job.fraction : null}
			>
				<Button size="small" variant="outlined" color="inherit" onClick={() => void steerListening(isPaused ? 'resume' : 'pause', jobId)}>
					{t(isPaused ? 'progress.resume' : 'progress.pause')}
				</Button>
				<Button size="small" color="inherit" onClick={() => void steerListening('cancel', jobId)}>
					{t('cancel')}
				</Button>
			</ProgressLine>
		);
	}
	if (job.state !== 'completed') return <ErrorNotice error={job.failure} />;
	return (
		<Alert
			severity="success"
			variant="outlined"
			action={
				<Button component={Link} to={`/subtitles/${projectId}`} color="inherit" size="small">
					{t('listen.open')}
				</Button>
			}
		>
			{t('listen.done')}
		</Alert>
	);
}
