import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useJobs } from '../rpc/live.ts';
import { routes } from './routes.tsx';

/** The tabs of the place for models: what is here, what can be had, and what is on its way, with how many downloads run. */
export function ModelsTabs() {
	const { t } = useTranslation();
	const jobs = useJobs();
	const running = jobs.value?.filter(({ kind, state }) => (kind === 'download' || kind === 'repair') && (state === 'running' || state === 'queued')) ?? [];
	return (
		<Box component="nav" aria-label={t('tabs.label')} sx={{ display: 'flex', flex: 'none', height: 44, gap: 0.5 }}>
			{routes.map(
				({ to, tab }) =>
					tab && (
						<ButtonBase
							key={to}
							component={NavLink}
							to={to}
							end
							sx={{
								px: 1.25,
								gap: 0.75,
								color: 'text.secondary',
								borderBlock: '2px solid transparent',
								whiteSpace: 'nowrap',
								'&:hover': { color: 'text.primary' },
								'&.active': { color: 'text.primary', fontWeight: 600, borderBottomColor: 'primary.main' },
							}}
						>
							{t(tab)}
							{tab === 'tabs.downloads' && running.length > 0 && <Count label={t('tabs.running', { count: running.length })} count={running.length} />}
						</ButtonBase>
					),
			)}
		</Box>
	);
}

function Count({ label, count }: { label: string; count: number }) {
	return (
		<Box
			component="span"
			role="img"
			aria-label={label}
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
