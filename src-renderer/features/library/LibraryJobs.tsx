import StopIcon from '@mui/icons-material/Close';
import DismissIcon from '@mui/icons-material/Done';
import PauseIcon from '@mui/icons-material/Pause';
import ResumeIcon from '@mui/icons-material/PlayArrow';
import RetryIcon from '@mui/icons-material/Replay';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';

/** The work on models that is going on or ended badly: copying, checking, repairing. */
export function LibraryJobs({ jobs }: { jobs: readonly Job[] }) {
	const { t } = useTranslation('library');
	if (jobs.length === 0) return null;
	return (
		<Box component="section" aria-label={t('jobs.label')} sx={{ mb: 2 }}>
			{jobs.map((job) => (
				<LibraryJob key={job.id} job={job} />
			))}
		</Box>
	);
}

function LibraryJob({ job }: { job: Job }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const about = job.itemsTotal > 1 ? t('jobs.more', { title: job.title, count: job.itemsTotal - 1 }) : job.title;
	const title = [t(`jobs.kind.${job.kind}`, { defaultValue: '' }), about].filter(Boolean).join(' · ');
	const act = (deed: 'pause' | 'resume' | 'retry' | 'cancel' | 'dismiss') => () => {
		client.jobs[deed]({ jobId: job.id }).catch(notifyError);
	};
	// What a check found is a sentence of its own: there is nothing to resume.
	if (job.kind === 'verify' && job.endedAt !== null && job.failure) return <ErrorNotice error={job.failure} onClose={act('dismiss')} sx={{ mb: 1 }} />;
	const isPaused = job.state === 'paused' || job.state === 'interrupted';
	const detail = [
		isPaused || job.state === 'queued' ? t(`jobs.state.${job.state}`) : job.detail,
		job.itemsTotal > 1 ? t('jobs.items', { done: format.number(job.itemsDone), total: format.number(job.itemsTotal) }) : '',
		job.itemsFailed > 0 ? t(job.kind === 'verify' ? 'jobs.wrongItems' : 'jobs.failedItems', { count: job.itemsFailed }) : '',
	]
		.filter(Boolean)
		.join(' · ');
	return (
		<>
			<ProgressLine title={title} detail={detail} fraction={job.fraction}>
				{job.endedAt !== null ? (
					<>
						{job.kind !== 'verify' && (
							<JobButton label={t('jobs.retry')} onClick={act('retry')}>
								<RetryIcon fontSize="small" />
							</JobButton>
						)}
						<JobButton label={t('jobs.dismiss')} onClick={act('dismiss')}>
							<DismissIcon fontSize="small" />
						</JobButton>
					</>
				) : (
					<>
						{isPaused ? (
							<JobButton label={t('jobs.resume')} onClick={act('resume')}>
								<ResumeIcon fontSize="small" />
							</JobButton>
						) : (
							<JobButton label={t('jobs.pause')} onClick={act('pause')}>
								<PauseIcon fontSize="small" />
							</JobButton>
						)}
						<JobButton label={t('jobs.cancel')} onClick={act('cancel')}>
							<StopIcon fontSize="small" />
						</JobButton>
					</>
				)}
			</ProgressLine>
			<ErrorNotice error={job.failure} sx={{ mb: 1 }} />
		</>
	);
}

function JobButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
	return (
		<Tooltip title={label}>
			<IconButton aria-label={label} onClick={onClick}>
				{children}
			</IconButton>
		</Tooltip>
	);
}
