import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import { useJobs } from '../../rpc/live.ts';
import { useFormat } from '../../ui/format.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { steerJob } from './gradingStore.ts';
import { remainingMs } from './remainingMs.ts';

/** How far the grading of the class is, with pause, resume and cancel. */
export function GradingProgress({ jobId }: { jobId: string }) {
	const { value: jobs } = useJobs();
	const job = jobs?.find(({ id }) => id === jobId);
	return job ? <RunningGrading job={job} /> : null;
}

function RunningGrading({ job }: { job: Job }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const remaining = useRemainingMs(job);
	const finished = job.itemsDone + job.itemsFailed;
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

/** How long the job still takes, in milliseconds, from what was finished since this screen saw it running; null until that is known. */
function useRemainingMs(job: Job): number | null {
	const isRunning = job.state === 'running';
	const finished = job.itemsDone + job.itemsFailed;
	const [since, setSince] = useState<{ at: number; items: number } | null>(null);
	const latestFinished = useRef(finished);
	latestFinished.current = finished;
	const first = useRef(finished);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another job, or a run after a pause, is counted anew.
	useEffect(() => {
		first.current = latestFinished.current;
		setSince(null);
	}, [isRunning, job.id]);
	// Counted from the first answer that is finished here: before it the model may still have been loading.
	useEffect(() => {
		if (isRunning && since === null && finished > first.current) setSince({ at: Date.now(), items: finished });
	}, [isRunning, since, finished]);
	return since === null ? null : remainingMs(job, since, Date.now());
}
