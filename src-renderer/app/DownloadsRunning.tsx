import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useJobs } from '../rpc/live.ts';

/** How many downloads are on their way, beside the tab that shows them. */
export function DownloadsRunning() {
	const { t } = useTranslation();
	const jobs = useJobs();
	const count = jobs.value?.filter(({ kind, state }) => (kind === 'download' || kind === 'repair') && (state === 'running' || state === 'queued')).length ?? 0;
	if (count === 0) return null;
	return (
		<Box
			component="span"
			role="img"
			aria-label={t('tabs.running', { count })}
			sx={{
				px: 0.75,
				borderRadius: 1,
				bgcolor: 'action.selected',
				color: 'text.primary',
				typography: 'caption',
				fontWeight: 600,
				fontVariantNumeric: 'tabular-nums',
			}}
		>
			{count}
		</Box>
	);
}
