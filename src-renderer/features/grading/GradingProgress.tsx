import { useTranslation } from 'react-i18next';
import { useJobs } from '../../rpc/live.ts';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { steerJob } from './gradingStore.ts';

/** How far the grading of the class is, with pause, resume and cancel. */
export function GradingProgress({ jobId }: { jobId: string }) {
	const { t } = useTranslation('grading');
	const { value: jobs } = useJobs();
	const job = jobs?.find(({ id }) => id === jobId);
	if (!job) return null;
	return (
		<JobProgress
			job={job}
			title={(standing) => t(`progress.states.${standing}`)}
			count={(finished, total) => t('progress.count', { finished, total })}
			failed={(failed) => t('progress.failed', { failed })}
			steer={(how, id) => void steerJob(how, id)}
		/>
	);
}
