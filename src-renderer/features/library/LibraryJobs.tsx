import CloseIcon from '@mui/icons-material/Close';
import PauseIcon from '@mui/icons-material/Pause';
import ResumeIcon from '@mui/icons-material/PlayArrow';
import RetryIcon from '@mui/icons-material/Replay';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import type { OpenFailure } from '../../rpc/openFailures.ts';
import { useOpenFailures } from '../../rpc/useOpenFailures.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FailedItems } from '../../ui/FailedItems.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';

/** The work on models: a line for each that goes on, which stays in sight, and what ended badly, folded where it is more than one. */
export function LibraryJobs({ jobs, models }: { jobs: readonly Job[]; models: readonly Model[] | null }) {
	const { t } = useTranslation('library');
	const [isUnfolded, setUnfolded] = useState(false);
	const open = useOpenFailures(jobs, models);
	const active = jobs.filter(({ endedAt }) => endedAt === null);
	const troubles = jobs.flatMap((job) => {
		const items = open.get(job.id);
		return items ? [{ job, items }] : [];
	});
	if (active.length === 0 && troubles.length === 0) return null;
	return (
		<Box component="section" aria-label={t('jobs.label')} sx={{ display: 'contents' }}>
			{active.length > 0 && (
				<Box sx={{ position: 'sticky', top: 0, zIndex: 2, mb: 1, maxHeight: 160, overflow: 'auto', flex: 'none', bgcolor: 'background.default' }}>
					{active.map((job) => (
						<GoingOn key={job.id} job={job} />
					))}
				</Box>
			)}
			{troubles.length > 1 && (
				<Alert
					severity="warning"
					variant="outlined"
					sx={{ bgcolor: 'background.paper', py: 0, mb: 1 }}
					action={
						<Button color="inherit" size="small" aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
							{t(isUnfolded ? 'jobs.hide' : 'jobs.show')}
						</Button>
					}
				>
					{t('jobs.troubles', { count: troubles.length })}
				</Alert>
			)}
			{(troubles.length === 1 || isUnfolded) && troubles.map(({ job, items }) => <EndedBadly key={job.id} job={job} items={items} />)}
		</Box>
	);
}

function GoingOn({ job }: { job: Job }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const title = useTitle(job);
	const act = useAct(job);
	const isPaused = job.state === 'paused' || job.state === 'interrupted';
	const detail = [
		isPaused || job.state === 'queued' ? t(`jobs.state.${job.state}`) : job.detail,
		job.itemsTotal > 1 ? t('jobs.items', { done: format.number(job.itemsDone), total: format.number(job.itemsTotal) }) : '',
		job.itemsFailed > 0 ? t(job.kind === 'verify' ? 'jobs.wrongItems' : 'jobs.failedItems', { count: job.itemsFailed }) : '',
	];
	return (
		<>
			<ProgressLine title={title} detail={detail.filter(Boolean).join(' · ')} fraction={job.fraction}>
				{isPaused ? (
					<SymbolButton label={t('jobs.resume')} onClick={act('resume')}>
						<ResumeIcon fontSize="small" />
					</SymbolButton>
				) : (
					<SymbolButton label={t('jobs.pause')} onClick={act('pause')}>
						<PauseIcon fontSize="small" />
					</SymbolButton>
				)}
				<SymbolButton label={t('jobs.cancel')} onClick={act('cancel')}>
					<CloseIcon fontSize="small" />
				</SymbolButton>
			</ProgressLine>
			<ErrorNotice error={job.failure} sx={{ mb: 1 }} />
		</>
	);
}

function EndedBadly({ job, items }: { job: Job; items: readonly OpenFailure[] }) {
	const { t } = useTranslation('library');
	const title = useTitle(job);
	const act = useAct(job);
	const isCheck = job.kind === 'verify';
	const failed = t(isCheck ? 'jobs.wrongItems' : 'jobs.failedItems', { count: items.length });
	return (
		<FailedItems
			title={job.itemsTotal > 1 ? `${title} · ${failed}` : undefined}
			items={items}
			total={isCheck ? items.length : job.itemsFailed}
			sx={{ mb: 1 }}
			action={
				<>
					{/* What a check found does not change by looking again. */}
					{!isCheck && (
						<SymbolButton label={t('jobs.retry')} onClick={act('retry')}>
							<RetryIcon fontSize="small" />
						</SymbolButton>
					)}
					<SymbolButton label={t('jobs.dismiss')} onClick={act('dismiss')}>
						<CloseIcon fontSize="small" />
					</SymbolButton>
				</>
			}
		/>
	);
}

/** What is done, with the name of the first model and how many more there are. */
function useTitle(job: Job): string {
	const { t } = useTranslation('library');
	const about = job.itemsTotal > 1 ? t('jobs.more', { title: job.title, count: job.itemsTotal - 1 }) : job.title;
	return [t(`jobs.kind.${job.kind}`, { defaultValue: '' }), about].filter(Boolean).join(' · ');
}

function useAct(job: Job) {
	return (deed: 'pause' | 'resume' | 'retry' | 'cancel' | 'dismiss') => () => {
		client.jobs[deed]({ jobId: job.id }).catch(notifyError);
	};
}
