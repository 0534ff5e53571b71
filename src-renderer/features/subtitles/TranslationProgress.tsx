import { useTranslation } from 'react-i18next';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { useJobs } from '../../rpc/live.ts';
import { JobProgress, type JobStanding } from '../../ui/JobProgress.tsx';
import { steerJob, useSubtitles } from './subtitlesStore.ts';

/** How far the work of a model on a film is, with pause, resume and cancel. */
export function TranslationProgress({ job: { id, pass } }: { job: NonNullable<SubtitleProject['job']> }) {
	const { t } = useTranslation('subtitles');
	const { value: jobs } = useJobs();
	const job = jobs?.find((one) => one.id === id);
	// The first cues are being written, while none is done yet.
	const isWriting = useSubtitles(({ cues }) => cues?.some(({ status }) => status === 'running') === true);
	if (!job) return null;
	const wordOf = (standing: JobStanding) => (standing === 'running' || (standing === 'starting' && isWriting) ? pass : standing);
	return (
		<JobProgress
			job={job}
			title={(standing) => t(`progress.states.${wordOf(standing)}`)}
			count={(finished, total) => t('progress.count', { finished, total })}
			failed={(failed) => t('progress.failed', { failed })}
			steer={(how, jobId) => void steerJob(how, jobId)}
		/>
	);
}
