import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import { useJobs } from '../../rpc/live.ts';
import { useFormat } from '../../ui/format.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { useRemainingMs } from '../../ui/useRemainingMs.ts';
import { steerJob } from './gradingStore.ts';

/** How far the grading of the class is, with pause, resume and cancel. */
export function GradingProgress({ jobId }: { jobId: string }) {
	const { value: jobs } = useJobs();
	const job = jobs?.find(({ id }) => id === jobId);
	return job ? <RunningGrading job={job} /> : null;
}

function RunningGrading({ job }: { job: Job }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const finished = job.itemsDone + job.itemsFailed;
	const remaining = useRemainingMs({ id: job.id, isRunning: job.state === 'running', done: finished, total: job.itemsTotal });
	const isPaused = job.state === 'paused';
	const detail = [
		t('progress.count', { finished: format.number(finished), total: format.number(job.itemsTotal) }),
		job.itemsFailed > 0 && t('progress.failed', { failed: format.number(job.itemsFailed) }),
		remaining !== null && t('progress.remaining', { time: format.duration(Math.max(1_000, remaining)) }),
	];
	return (
		<ProgressLine
			title={t(`progress.states.${stateWord(job)}`)}
			detail={detail.filter(Boolean).join(' · ')}
			fraction={isPaused || finished > 0 ? finished / Math.max(1, job.itemsTotal) : null}
		>
			<Button size="small" variant="outlined" color="inherit" onClick={() => void steerJob(isPaused ? 'resume' : 'pause', job.id)}>
				{t(isPaused ? 'progress.resume' : 'progress.pause')}
			</Button>
			<Button size="small" color="inherit" onClick={() => void steerJob('cancel', job.id)}>
				{t('progress.cancel')}
			</Button>
		</ProgressLine>
	);
}

function stateWord({ state, itemsDone, itemsFailed }: Job): 'paused' | 'queued' | 'starting' | 'running' {
	if (state === 'paused') return 'paused';
	if (state !== 'running') return 'queued';
	return itemsDone + itemsFailed > 0 ? 'running' : 'starting';
}
