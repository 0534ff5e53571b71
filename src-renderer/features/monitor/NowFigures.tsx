import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Snapshot } from '#contract/monitor.ts';
import { Figure } from '../../ui/Figure.tsx';
import { useFormat } from '../../ui/format.ts';

/** How it is now, in numbers; their room is there before they are known. */
export function NowFigures({ snapshot }: { snapshot: Snapshot | null }) {
	const { t } = useTranslation('monitor');
	const format = useFormat();
	const duration = (ms: number | undefined) => (ms === undefined ? '–' : format.duration(ms));
	const of = (read: (snapshot: Snapshot) => string) => snapshot && read(snapshot);
	const errors = snapshot?.lastMinute.errors ?? 0;
	return (
		<Box
			component="dl"
			aria-label={t('now.title')}
			sx={{ m: 0, mb: 3, display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(168px, 1fr))', columnGap: 3, rowGap: 1 }}
		>
			<Figure name={t('now.running')} value={of(({ running }) => format.number(running))} />
			<Figure name={t('now.waiting')} value={of(({ waiting }) => format.number(waiting))} />
			<Figure name={t('now.answers')} value={of(({ lastMinute }) => format.number(lastMinute.answers))} />
			<Figure name={t('now.requests')} value={of(({ lastMinute }) => format.number(lastMinute.requests))} />
			<Figure name={t('now.errors')} value={of(() => format.number(errors))} isWarning={errors > 0} />
			<Figure name={t('now.firstWord')} value={of(({ lastHour }) => duration(lastHour.firstTokenMs?.p50))} />
			<Figure name={t('now.firstWord95')} value={of(({ lastHour }) => duration(lastHour.firstTokenMs?.p95))} />
			<Figure name={t('now.speed')} value={of(({ lastHour }) => (lastHour.tokensPerSecond === null ? '–' : format.number(lastHour.tokensPerSecond, 1)))} />
			<Figure name={t('now.kept')} value={of(({ kept }) => format.number(kept.answers))} />
		</Box>
	);
}
