import Box from '@mui/material/Box';
import { BarChart } from '@mui/x-charts/BarChart';
import { useTranslation } from 'react-i18next';
import { ChartLegend } from '../../ui/ChartLegend.tsx';
import { useFormat } from '../../ui/format.ts';
import { formatStep, namedSteps } from './formatStep.ts';

/** One of the parts that the columns are made of. */
export interface StepSeries {
	id: string;
	name: string;
	colour: string;
	values: readonly (number | null)[];
}

export interface Steps {
	at: readonly number[];
	stepMs: number;
}

const axisText = { fontSize: 12, fontFamily: 'inherit' };

/** How many came in each step, as columns on top of one another. The numbers are in the table of the page, too. */
export function StepColumns({ title, steps, series, heightPx }: { title: string; steps: Steps; series: readonly StepSeries[]; heightPx: number }) {
	const { i18n } = useTranslation();
	const format = useFormat();
	const isNamed = namedSteps(steps.at.length);
	return (
		<Box>
			<ChartLegend series={series} />
			{/* The chart's own table for screen readers lies outside of what is seen and would make the page wider. */}
			<Box role="figure" aria-label={title} sx={{ position: 'relative', overflow: 'hidden' }}>
				<BarChart
					height={heightPx}
					hideLegend
					skipAnimation
					margin={{ top: 12, right: 0, bottom: 0, left: 0 }}
					grid={{ horizontal: true }}
					xAxis={[
						{
							scaleType: 'band',
							data: [...steps.at],
							valueFormatter: (at: number, { location }) => formatStep(at, steps.stepMs, i18n.language, location === 'tooltip'),
							tickLabelInterval: (_at, index) => isNamed(index),
							categoryGapRatio: 0.2,
							disableTicks: true,
							tickLabelStyle: axisText,
						},
					]}
					yAxis={[
						{
							width: 48,
							tickMinStep: 1,
							valueFormatter: (value: number) => format.count(value),
							disableLine: true,
							disableTicks: true,
							tickLabelStyle: axisText,
						},
					]}
					series={series.map(({ id, name, colour, values }) => ({
						id,
						label: name,
						color: colour,
						data: [...values],
						stack: 'all',
						// What did not happen is not named.
						valueFormatter: (value) => (value ? format.number(value) : null),
					}))}
					sx={{ '& .MuiChartsGrid-line': { stroke: 'var(--mui-palette-divider)' } }}
				/>
			</Box>
		</Box>
	);
}
