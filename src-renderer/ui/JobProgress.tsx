import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import { useFormat } from './format.ts';
import { ProgressLine } from './ProgressLine.tsx';
import { useRemainingMs } from './useRemainingMs.ts';

/** Starting: it runs, and has finished nothing yet. */
export type JobStanding = 'paused' | 'queued' | 'starting' | 'running';

interface Props {
	job: Job;
	/** What is being done, in words. */
	title: (standing: JobStanding) => string;
	/** How many of its items are finished, in words; left out where they mean nothing to people. */
	count?: (finished: string, total: string) => string;
	/** How many of those failed, in words. */
	failed: (failed: string) => string;
	steer: (how: 'pause' | 'resume' | 'cancel', jobId: string) => void;
}

/** How far a job of many items is, with pause, resume and cancel. */
export function JobProgress({ job, title, count, failed, steer }: Props) {
	const { t } = useTranslation('ui');
	const format = useFormat();
	const finished = job.itemsDone + job.itemsFailed;
	const remaining = useRemainingMs({ id: job.id, isRunning: job.state === 'running', done: finished, total: job.itemsTotal });
	const isPaused = job.state === 'paused';
	const detail = [
		count?.(format.number(finished), format.number(job.itemsTotal)),
		job.itemsFailed > 0 && failed(format.number(job.itemsFailed)),
		remaining !== null && t('job.remaining', { time: format.duration(Math.max(1_000, remaining)) }),
	];
	return (
		<ProgressLine
			title={title(standingOf(job))}
			detail={detail.filter(Boolean).join(' · ')}
			fraction={isPaused || finished > 0 ? finished / Math.max(1, job.itemsTotal) : null}
		>
			<Button size="small" variant="outlined" color="inherit" onClick={() => steer(isPaused ? 'resume' : 'pause', job.id)}>
				{t(isPaused ? 'job.resume' : 'job.pause')}
			</Button>
			<Button size="small" color="inherit" onClick={() => steer('cancel', job.id)}>
				{t('cancel')}
			</Button>
		</ProgressLine>
	);
}

function standingOf({ state, itemsDone, itemsFailed }: Job): JobStanding {
	if (state === 'paused') return 'paused';
	if (state !== 'running') return 'queued';
	return itemsDone + itemsFailed > 0 ? 'running' : 'starting';
}
