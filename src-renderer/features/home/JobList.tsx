import CancelIcon from '@mui/icons-material/Close';
import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import CopyIcon from '@mui/icons-material/FileCopyOutlined';
import RunNextIcon from '@mui/icons-material/FirstPage';
import RepairIcon from '@mui/icons-material/HealingOutlined';
import ListenIcon from '@mui/icons-material/HearingOutlined';
import MergeIcon from '@mui/icons-material/MergeOutlined';
import TrainIcon from '@mui/icons-material/ModelTrainingOutlined';
import PauseIcon from '@mui/icons-material/Pause';
import ResumeIcon from '@mui/icons-material/PlayArrow';
import RetryIcon from '@mui/icons-material/Replay';
import SubtitlesIcon from '@mui/icons-material/SubtitlesOutlined';
import ConvertIcon from '@mui/icons-material/SwapHorizOutlined';
import VerifyIcon from '@mui/icons-material/VerifiedOutlined';
import OtherIcon from '@mui/icons-material/WorkOutlineOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Paper from '@mui/material/Paper';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import type { OpenFailure } from '../../rpc/openFailures.ts';
import { useOpenFailures } from '../../rpc/useOpenFailures.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FailedItems } from '../../ui/FailedItems.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { actsOn, hasEndedInPart, type JobAct, jobTone, shownJobs } from './jobActs.ts';

const icons = { runNext: RunNextIcon, pause: PauseIcon, resume: ResumeIcon, retry: RetryIcon, cancel: CancelIcon, dismiss: CancelIcon } as const;

/** The symbols of the kinds of work; one that is not known here has the last. */
const kindIcons = new Map([
	['convert', ConvertIcon],
	['grading', GradingIcon],
	['subtitles', SubtitlesIcon],
	['listen', ListenIcon],
	['download', DownloadIcon],
	['repair', RepairIcon],
	['copy', CopyIcon],
	['export', CopyIcon],
	['takeIn', CopyIcon],
	['verify', VerifyIcon],
	['finetune', TrainIcon],
	['merge', MergeIcon],
]);

/** What is lost with a job that is cancelled, where that is more than what it has not done yet. */
const cancelTexts: ReadonlyMap<string, 'jobs.cancelDownload' | 'jobs.cancelTraining' | 'jobs.cancelListening'> = new Map([
	['download', 'jobs.cancelDownload'],
	['finetune', 'jobs.cancelTraining'],
	['listen', 'jobs.cancelListening'],
]);

/** The work the app is doing, and the last of what it did: how far each job is, and how to pause or stop it. */
export function JobList({ jobs, models }: { jobs: readonly Job[]; models: readonly Model[] | null }) {
	const { t } = useTranslation('home');
	const [cancelling, setCancelling] = useState<Job | null>(null);
	const shown = shownJobs(jobs);
	const open = useOpenFailures(shown, models);
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
					<JobRow key={job.id} job={job} acts={actsOn(job, jobs)} failures={open.get(job.id) ?? []} onAct={(deed) => act(job, deed)} />
				))}
			</Paper>
			<ConfirmDialog
				open={cancelling !== null}
				title={t('jobs.cancelTitle', { title: cancelling?.title ?? '' })}
				confirmLabel={t('jobs.cancelConfirm')}
				cancelLabel={t('jobs.keep')}
				isDestructive
				onConfirm={async () => {
					if (cancelling) await client.jobs.cancel({ jobId: cancelling.id });
				}}
				onClose={() => setCancelling(null)}
			>
				<Typography>{t(cancelTexts.get(cancelling?.kind ?? '') ?? 'jobs.cancelText')}</Typography>
			</ConfirmDialog>
		</Box>
	);
}

interface RowProps {
	job: Job;
	acts: readonly JobAct[];
	/** What of it could not be done, where that is still so. */
	failures: readonly OpenFailure[];
	onAct: (deed: JobAct) => void;
}

function JobRow({ job, acts, failures, onAct }: RowProps) {
	const { t } = useTranslation('home');
	const format = useFormat();
	const isActive = job.state === 'running' || job.state === 'paused' || job.state === 'queued' || job.state === 'interrupted';
	const { title, figures } = useJobWords(job);
	const KindIcon = kindIcons.get(job.kind) ?? OtherIcon;
	const buttons = <JobButtons job={job} acts={acts} onAct={onAct} />;
	return (
		<Box sx={{ px: 2, py: 1, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
				<KindIcon aria-hidden sx={{ fontSize: 20, color: 'text.secondary' }} />
				<Box sx={{ flex: 1, minWidth: 0 }}>
					{isActive ? (
						<ProgressLine
							title={title}
							detail={[job.state === 'running' ? '' : t(`jobs.state.${job.state}`), figures].filter(Boolean).join(' · ')}
							fraction={job.fraction}
						>
							{buttons}
						</ProgressLine>
					) : (
						<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, minHeight: 36 }}>
							<Typography noWrap dir="auto" sx={{ flex: 1, minWidth: 0 }}>
								{title}
							</Typography>
							<Typography noWrap sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
								{[figures, job.endedAt === null ? '' : format.moment(job.endedAt)].filter(Boolean).join(' · ')}
							</Typography>
							<StateLabel tone={jobTone(job)} label={t(`jobs.state.${hasEndedInPart(job) ? 'inPart' : job.state}`)} />
							<Box sx={{ display: 'flex', gap: 0.5 }}>{buttons}</Box>
						</Box>
					)}
				</Box>
			</Box>
			{isActive ? (
				<ErrorNotice error={job.failure} sx={{ my: 1 }} />
			) : (
				failures.length > 0 && <FailedItems items={failures} total={job.kind === 'verify' ? failures.length : job.itemsFailed} sx={{ my: 1 }} />
			)}
		</Box>
	);
}

function JobButtons({ job, acts, onAct }: { job: Job; acts: readonly JobAct[]; onAct: (deed: JobAct) => void }) {
	const { t } = useTranslation('home');
	return acts.map((deed) => {
		const Icon = icons[deed];
		const label = deed === 'retry' && job.itemsFailed === 0 ? t('jobs.again') : t(`jobs.${deed}`);
		return (
			<Tooltip key={deed} title={label}>
				<IconButton aria-label={label} onClick={() => onAct(deed)}>
					<Icon fontSize="small" />
				</IconButton>
			</Tooltip>
		);
	});
}

const kindsOfModels: ReadonlySet<string> = new Set(['copy', 'export', 'takeIn', 'verify']);

/** What a job is and of what, and how far it is in words. */
function useJobWords(job: Job): { title: string; figures: string } {
	const { t } = useTranslation('home');
	const format = useFormat();
	// Work on several models is named after the first; other jobs of several items have a title for all of them.
	const isOfModels = kindsOfModels.has(job.kind);
	const about = isOfModels && job.itemsTotal > 1 ? t('jobs.more', { title: job.title, count: job.itemsTotal - 1 }) : job.title;
	const isCounted = job.itemsTotal > (isOfModels ? 1 : 0);
	const count = isCounted
		? t(job.kind === 'subtitles' ? 'jobs.cues' : 'jobs.items', { done: format.number(job.itemsDone), total: format.number(job.itemsTotal) })
		: job.endedAt === null
			? job.detail
			: '';
	const failed = job.itemsFailed > 0 ? t('jobs.failedItems', { count: job.itemsFailed }) : '';
	return {
		title: [t(`jobs.kind.${job.kind}`, { defaultValue: '' }), about].filter(Boolean).join(' · '),
		figures: [count, failed].filter(Boolean).join(' · '),
	};
}
