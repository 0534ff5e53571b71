import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { PointsStatistics } from './pointsStatistics.ts';

const barWidth = 8;
const gap = 2;
const height = 24;

/** How the class did in a question of `outOf` points: average and median, and a small bar for each tenth of the points. */
export function PointsStrip({ statistics: { count, average, median, bands }, outOf }: { statistics: PointsStatistics; outOf: number }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	if (average === null || median === null) return null;
	const most = Math.max(...bands);
	const bars = bands.map((answers, band) => ({ answers, from: format.number((band * outOf) / 10, 2), to: format.number(((band + 1) * outOf) / 10, 2) }));
	const spoken = bars.map((bar) => t('scores.band', bar)).join('; ');
	return (
		<Box sx={{ display: { xs: 'none', lg: 'flex' }, alignItems: 'center', gap: 2, minWidth: 0 }}>
			<Typography
				noWrap
				sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}
				title={t('scores.of', { count: format.number(count), outOf: format.number(outOf, 2) })}
			>
				{t('scores.summary', { average: format.number(average, 1), median: format.number(median, 1) })}
			</Typography>
			<Box component="svg" role="img" aria-label={spoken} width={10 * (barWidth + gap) - gap} height={height} sx={{ flex: 'none', display: 'block' }}>
				<title>{spoken}</title>
				{bars.map(({ answers, from }, band) => {
					const barHeight = answers === 0 ? 1 : Math.max(3, (answers / most) * height);
					return (
						<Box
							component="rect"
							key={from}
							x={band * (barWidth + gap)}
							y={height - barHeight}
							width={barWidth}
							height={barHeight}
							rx={1}
							sx={{ fill: answers === 0 ? 'var(--mui-palette-surface-line)' : 'var(--mui-palette-text-secondary)' }}
						/>
					);
				})}
			</Box>
		</Box>
	);
}
