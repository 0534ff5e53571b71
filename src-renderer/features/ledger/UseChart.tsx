import Box from '@mui/material/Box';
import { BarChart } from '@mui/x-charts/BarChart';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { Buckets } from './arrangeUse.ts';
import { formatBucket } from './formatBucket.ts';

/** One of the parts that the columns are made of, as it is called and coloured. */
export interface DrawnSeries {
	id: string;
	name: string;
	colour: string;
	/** In the order of the buckets. */
	tokens: number[];
}

const heightPx = 280;
const axisText = { fontSize: 12, fontFamily: 'inherit' };

/** The columns of tokens over time. What they say is in the table beneath, too, for all who cannot see them. */
export function UseChart({ title, series, buckets }: { title: string; series: readonly DrawnSeries[]; buckets: Buckets }) {
	const { i18n } = useTranslation();
	const format = useFormat();
	return (
		<Box role="figure" aria-label={title}>
			<BarChart
				height={heightPx}
				hideLegend
				skipAnimation
				margin={{ top: 12, right: 0, bottom: 0, left: 0 }}
				borderRadius={2}
				grid={{ horizontal: true }}
				xAxis={[
					{
						scaleType: 'band',
						data: [...buckets.names],
						valueFormatter: (name: string) => formatBucket(name, i18n.language),
						categoryGapRatio: 0.25,
						disableTicks: true,
						tickLabelStyle: axisText,
					},
				]}
				yAxis={[{ width: 48, valueFormatter: (value: number) => format.count(value), disableLine: true, disableTicks: true, tickLabelStyle: axisText }]}
				series={series.map(({ id, name, colour, tokens }) => ({
					id,
					label: name,
					color: colour,
					data: tokens,
					stack: 'tokens',
					// What used nothing on a day is not named there.
					valueFormatter: (value) => (value ? format.number(value) : null),
				}))}
				sx={{
					// A line between the parts tells apart also those whose colours a reader sees alike.
					'& .MuiBarChart-element': { stroke: 'var(--mui-palette-background-paper)', strokeWidth: 1 },
					'& .MuiChartsGrid-line': { stroke: 'var(--mui-palette-divider)' },
				}}
			/>
		</Box>
	);
}
