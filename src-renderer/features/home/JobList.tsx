import CancelIcon from '@mui/icons-material/Close';
import PauseIcon from '@mui/icons-material/Pause';
import ResumeIcon from '@mui/icons-material/PlayArrow';
import RetryIcon from '@mui/icons-material/Replay';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Paper from '@mui/material/Paper';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { actsOn, type JobAct, jobTone, shownJobs } from './jobActs.ts';

const icons = { pause: PauseIcon, resume: ResumeIcon, retry: RetryIcon, cancel: CancelIcon } as const;

/** The work the app is doing, and the last of what it did: how far each job is, and how to pause or stop it. */
export function JobList({ jobs }: { jobs: readonly Job[] }) {
	const { t } = useTranslation('home');
	const [cancelling, setCancelling] = useState<Job | null>(null);
	const shown = shownJobs(jobs);
	if (shown.length === 0) return null;
	const act = (job: Job, deed: JobAct) => {
		if (deed === 'cancel') setCancelling(job);
		else client.jobs[deed]({ jobId: job.id }).catch(notifyError);
	};
	return (
		<Box component="section" aria-labelledby="jobs" sx={{ mb: 4 }}>
			<Typography id="jobs" variant="h2" sx={{ mb: 1 }}>
				{t('jobs.title')}
			</Typography>
			<Paper variant="outlined">
				{shown.map((job) => (
					<JobRow key={job.id} job={job} onAct={(deed) => act(job, deed)} />
				))}
			</Paper>
			<ConfirmDialog
				open={cancelling !== null}
				title={t('jobs.cancelTitle', { title: cancelling?.title ?? '' })}
				confirmLabel={t('jobs.cancelConfirm')}
				isDestructive
				onConfirm={async () => {
					if (cancelling) await client.jobs.cancel({ jobId: cancelling.id });
				}}
				onClose={() => setCancelling(null)}
			>
				<Typography>{t('jobs.cancelText')}</Typography>
			</ConfirmDialog>
		</Box>
	);
}

function JobRow({ job, onAct }: { job: Job; onAct: (deed: JobAct) => void }) {
	const { t } = useTranslation('home');
	const format = useFormat();
	const isActive = job.state === 'running' || job.state === 'paused' || job.state === 'queued' || job.state === 'interrupted';
	const count = job.itemsTotal > 0 ? t('jobs.items', { done: format.number(job.itemsDone), total: format.number(job.itemsTotal) }) : job.detail;
	const failed = job.itemsFailed > 0 ? t('jobs.failedItems', { count: job.itemsFailed }) : '';
	const buttons = actsOn(job).map((deed) => {
		const Icon = icons[deed];
		return (
			<Tooltip key={deed} title={t(`jobs.${deed}`)}>
				<IconButton aria-label={t(`jobs.${deed}`)} onClick={() => onAct(deed)}>
					<Icon fontSize="small" />
				</IconButton>
			</Tooltip>
		);
	});
	return (
		<Box sx={{ px: 2, py: 1, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			{isActive ? (
				<ProgressLine
					title={job.title}
					detail={[job.state === 'running' ? '' : t(`jobs.state.${job.state}`), count, failed].filter(Boolean).join(' · ')}
					fraction={job.fraction}
				>
					{buttons}
				</ProgressLine>
			) : (
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, minHeight: 36 }}>
					<Typography noWrap dir="auto" sx={{ flex: 1, minWidth: 0 }}>
						{job.title}
					</Typography>
					<Typography sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
						{[count, failed, job.endedAt === null ? '' : format.moment(job.endedAt)].filter(Boolean).join(' · ')}
					</Typography>
					<StateLabel tone={jobTone(job)} label={t(`jobs.state.${job.state}`)} />
					{buttons}
				</Box>
			)}
			<ErrorNotice error={job.failure} sx={{ my: 1 }} />
		</Box>
	);
}
