import Box from '@mui/material/Box';
import { LineChart } from '@mui/x-charts/LineChart';
import { useTranslation } from 'react-i18next';
import { axisText } from '../../ui/axisText.ts';
import { axisTicks } from '../../ui/axisTicks.ts';
import { ChartLegend } from '../../ui/ChartLegend.tsx';
import type { ColumnSeries } from '../../ui/Columns.tsx';
import { formatStep, namedSteps } from './formatStep.ts';
import type { Steps } from './StepColumns.tsx';

interface Props {
	title: string;
	steps: Steps;
	series: readonly ColumnSeries[];
	heightPx: number;
	formatValue: (value: number) => string;
	/** Where the axis ends though nothing is as large. */
	atLeast: number;
	/** What nothing is larger than, such as 1 for a share; left out: there is no such value. */
	atMost?: number;
	/** Said while there is nothing to draw. */
	empty: string;
	axisPx?: number;
}

/** Values over time as lines from nothing up, with a gap where nothing was measured. The numbers are in the table of the page, too. */
export function StepLines({ title, steps, series, heightPx, formatValue, atLeast, atMost = Number.POSITIVE_INFINITY, empty, axisPx = 56 }: Props) {
	const { i18n } = useTranslation();
	const isNamed = namedSteps(steps.at.length);
	const values = series.flatMap((each) => each.values.filter((value) => value !== null));
	const ticks = axisTicks({ low: 0, high: Math.min(atMost, Math.max(atLeast, ...values.map((value) => value * 1.05))) }, 4, 10);
	return (
		<Box>
			<ChartLegend series={series} />
			<Box role="figure" aria-label={title} sx={{ position: 'relative', overflow: 'hidden', height: heightPx }}>
				{values.length === 0 ? (
					<Box sx={{ height: '100%', display: 'grid', placeItems: 'center', color: 'text.secondary', bgcolor: 'surface.sunken', borderRadius: 1, p: 2 }}>
						{empty}
					</Box>
				) : (
					<LineChart
						height={heightPx}
						hideLegend
						skipAnimation
						margin={{ top: 12, right: 8, bottom: 0, left: 0 }}
						grid={{ horizontal: true }}
						xAxis={[
							{
								scaleType: 'point',
								data: [...steps.at],
								valueFormatter: (at: number, { location }) => formatStep(at, steps.stepMs, i18n.language, location === 'tooltip'),
								tickLabelInterval: (_at, index) => isNamed(index),
								disableTicks: true,
								tickLabelStyle: axisText,
							},
						]}
						yAxis={[
							{
								width: axisPx,
								min: 0,
								max: ticks.at(-1),
								tickInterval: ticks,
								valueFormatter: formatValue,
								disableLine: true,
								disableTicks: true,
								tickLabelStyle: axisText,
							},
						]}
						series={series.map(({ id, name, colour, values: drawn }) => ({
							id,
							label: name,
							color: colour,
							data: [...drawn],
							curve: 'linear' as const,
							// A value between two gaps is no line: it is seen by its dot.
							showMark: ({ index }) => (drawn[index - 1] ?? null) === null && (drawn[index + 1] ?? null) === null,
							valueFormatter: (value) => (value === null ? null : formatValue(value)),
						}))}
						sx={{
							'& .MuiChartsGrid-line': { stroke: 'var(--mui-palette-divider)' },
							'& .MuiLineChart-line': { strokeWidth: 2 },
							'& .MuiMarkElement-root': { r: 3 },
						}}
					/>
				)}
			</Box>
		</Box>
	);
}
