import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyError } from '../../ui/notify.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';

/** The work that goes on, and how the last ended until it is read. */
export function BackupJobs({ jobs }: { jobs: readonly Job[] }) {
	const { t } = useTranslation('backup');
	const { t: ui } = useTranslation('ui');
	const steer = (deed: 'pause' | 'resume' | 'cancel' | 'dismiss', { id }: Job) => client.jobs[deed]({ jobId: id }).catch(notifyError);
	// Only these kinds are handed in.
	const going = jobs.filter(({ endedAt }) => endedAt === null);
	const last = jobs.find(({ endedAt, state }) => endedAt !== null && state !== 'cancelled');
	return (
		<>
			{going.map((job) => {
				const isHeld = job.state === 'paused' || job.state === 'interrupted';
				return (
					<Box key={job.id} sx={{ px: 2, py: 1, borderTop: 1, borderColor: 'divider' }}>
						<ProgressLine
							title={t(`going.${job.kind as 'backup' | 'restore' | 'move'}`)}
							detail={isHeld || job.state === 'queued' ? t(`state.${job.state === 'queued' ? 'queued' : 'paused'}`) : ''}
							fraction={job.state === 'running' && job.fraction === 0 ? null : job.fraction}
						>
							<Button size="small" variant="outlined" color="inherit" onClick={() => void steer(isHeld ? 'resume' : 'pause', job)}>
								{ui(isHeld ? 'job.resume' : 'job.pause')}
							</Button>
							<Button size="small" color="inherit" onClick={() => void steer('cancel', job)}>
								{ui('cancel')}
							</Button>
						</ProgressLine>
						<ErrorNotice error={job.failure} sx={{ mt: 1 }} />
					</Box>
				);
			})}
			{going.length === 0 && last && (
				<Box sx={{ px: 2, py: 1, borderTop: 1, borderColor: 'divider', display: 'flex', gap: 2, alignItems: 'center' }}>
					<Box sx={{ flex: 1, minWidth: 0 }}>
						<ErrorNotice error={last.failure} />
						{last.failure === null && (
							<Typography component="output" dir="auto" sx={{ overflowWrap: 'anywhere' }}>
								{last.kind === 'backup' ? t('done.backup', { file: last.detail }) : t(`done.${last.kind as 'restore' | 'move'}`)}
							</Typography>
						)}
					</Box>
					<Button size="small" color="inherit" onClick={() => void steer('dismiss', last)}>
						{ui('close')}
					</Button>
				</Box>
			)}
		</>
	);
}
