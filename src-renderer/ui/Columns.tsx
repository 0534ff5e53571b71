import Box from '@mui/material/Box';
import { BarChart } from '@mui/x-charts/BarChart';
import type { ReactNode } from 'react';
import { axisText } from './axisText.ts';
import { useFormat } from './format.ts';

/** One of the parts that the columns are made of: what it counts at each place, or null. */
export interface ColumnSeries {
	id: string;
	name: string;
	colour: string;
	values: readonly (number | null)[];
}

interface Props<Place extends string | number> {
	/** What is drawn; read out in place of the drawing. */
	title: string;
	heightPx: number;
	/** Under each column. */
	places: readonly Place[];
	formatPlace: (place: Place, at: 'tick' | 'tooltip') => string;
	/** Which places are named under the drawing; where it is not said, as many as there is room for. */
	isNamed?: (index: number) => boolean;
	/** What the places are of, said under the axis. */
	of?: string;
	/** Of the room of a column, what stays free beside it. */
	gapRatio: number;
	/** Stand on top of one another. */
	series: readonly ColumnSeries[];
	/** For all who cannot see the drawing, where no table of the page says it. */
	children?: ReactNode;
}

/** Counts as columns. */
export function Columns<Place extends string | number>(props: Props<Place>) {
	const { title, heightPx, places, formatPlace, isNamed, of, gapRatio, series, children } = props;
	const format = useFormat();
	return (
		// The chart's own table for screen readers lies outside of what is seen and would make the page wider.
		<Box role="figure" aria-label={title} sx={{ position: 'relative', overflow: 'hidden' }}>
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
						data: [...places],
						valueFormatter: (place: Place, { location }) => formatPlace(place, location === 'tooltip' ? 'tooltip' : 'tick'),
						categoryGapRatio: gapRatio,
						disableTicks: true,
						tickLabelStyle: axisText,
						...(isNamed && { tickLabelInterval: (_place: Place, index: number) => isNamed(index) }),
						...(of !== undefined && { label: of, labelStyle: axisText }),
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
					// A part that is not there is not named.
					valueFormatter: (value: number | null) => (value || series.length === 1 ? format.number(value ?? 0) : null),
				}))}
				sx={{
					// A line between the parts tells apart also those whose colours a reader sees alike.
					...(series.length > 1 && { '& .MuiBarChart-element': { stroke: 'var(--mui-palette-background-paper)', strokeWidth: 1 } }),
					'& .MuiChartsGrid-line': { stroke: 'var(--mui-palette-divider)' },
				}}
			/>
			{children}
		</Box>
	);
}
