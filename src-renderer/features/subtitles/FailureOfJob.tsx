import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { setFilter } from './benchStore.ts';

/** A job that did the rest of a film is completed. */
const tellsOf: ReadonlySet<Job['state']> = new Set(['failed', 'paused', 'completed']);

/** Why the translation stopped, until it goes on, or how many cues it could not translate, until that is closed; not there while all is well. */
export function FailureOfJob({ project: { job, counts } }: { project: SubtitleProject }) {
	const { t } = useTranslation('subtitles');
	const { t: ui } = useTranslation('ui');
	const [closedId, setClosedId] = useState<string | null>(null);
	if (job === null || job.id === closedId || !tellsOf.has(job.state)) return null;
	if (job.state === 'paused' || counts.failed === 0) return <ErrorNotice error={job.failure} sx={{ m: 1 }} />;
	return (
		<Alert
			severity="error"
			variant="outlined"
			sx={{ m: 1, py: 0, bgcolor: 'background.paper', alignItems: 'center' }}
			action={
				<>
					<Button color="inherit" size="small" onClick={() => setFilter('untranslated')}>
						{t('bench.showFailed')}
					</Button>
					<Button color="inherit" size="small" onClick={() => setClosedId(job.id)}>
						{ui('close')}
					</Button>
				</>
			}
		>
			{t('bench.failed', { count: counts.failed })}
		</Alert>
	);
}
