import Box from '@mui/material/Box';
import { ChartsReferenceLine } from '@mui/x-charts/ChartsReferenceLine';
import { LineChart } from '@mui/x-charts/LineChart';
import { useMemo } from 'react';
import { axisText } from './axisText.ts';
import { axisTicks } from './axisTicks.ts';
import { ChartLegend } from './ChartLegend.tsx';

/** One curve: a value, or none, at each place of the axis. */
export interface Curve {
	id: string;
	name: string;
	colour: string;
	values: readonly (number | null)[];
	/** Drawn thin and pale, behind the others: what is too restless to be read by itself. */
	isFaint?: boolean;
	/** Has a dot at each value, where values are few. */
	hasDots?: boolean;
	/** Drawn in dashes: the other curve of what has the same colour. */
	isDashed?: boolean;
}

interface Props {
	/** What is drawn; read out in place of the drawing. */
	title: string;
	/** The places on the axis, rising, and what they count. */
	places: readonly number[];
	placeName: string;
	curves: readonly Curve[];
	heightPx: number;
	formatValue: (value: number) => string;
	/** A line that is not to be crossed. */
	limit?: { value: number; label: string };
	/** Where the axis ends though nothing is there yet, so that it stands still while the curves grow. */
	lastPlace?: number | null;
	/** Room that the values have in any case. */
	atLeast?: { from: number; to: number };
	/** The values are bytes: round in MiB, not in millions. */
	hasBytes?: boolean;
	/** Room for the values beside the axis. */
	axisPx?: number;
	/** What is said while there is nothing to draw; the room is kept. */
	empty: string;
	hasLegend?: boolean;
}

/** Curves over one axis. What they say belongs in a table beneath, too, for all who cannot see them. */
export function CurveChart({
	title,
	places,
	placeName,
	curves,
	heightPx,
	formatValue,
	limit,
	atLeast,
	empty,
	lastPlace = null,
	axisPx = 48,
	hasBytes = false,
	hasLegend = true,
}: Props) {
	const series = useMemo(
		() =>
			curves.map(({ id, name, colour, values, isFaint = false, hasDots = false }) => ({
				id,
				label: name,
				color: colour,
				data: [...values],
				connectNulls: true,
				curve: 'linear' as const,
				showMark: hasDots && values.filter((value) => value !== null).length <= 40,
				shape: 'circle' as const,
				disableHighlight: isFaint,
				valueFormatter: (value: number | null) => (value === null ? null : formatValue(value)),
			})),
		[curves, formatValue],
	);
	const strokes = Object.fromEntries(
		curves.map(({ id, isFaint = false, isDashed = false }) => [
			`& .MuiLineChart-line[data-series="${id}"], & .MuiLineElement-series-${id}`,
			{ ...(isFaint && { strokeWidth: 1, strokeOpacity: 0.35 }), ...(isDashed && { strokeDasharray: '6 4' }) },
		]),
	);
	// Small drawings have room for few.
	const ticks = useMemo(
		() => axisTicks(roomFor(curves, atLeast), Math.max(2, Math.round(heightPx / 50)), hasBytes ? 1024 : 10),
		[curves, atLeast, heightPx, hasBytes],
	);
	const isEmpty = places.length === 0;
	return (
		<Box>
			{hasLegend && <ChartLegend series={curves} widthPx={320} />}
			{/* The chart's own table for screen readers lies outside of what is seen and would make the page wider. */}
			<Box role="figure" aria-label={title} sx={{ position: 'relative', overflow: 'hidden', height: heightPx }}>
				{isEmpty ? (
					<Box sx={{ height: '100%', display: 'grid', placeItems: 'center', color: 'text.secondary', bgcolor: 'surface.sunken', borderRadius: 1, p: 2 }}>
						{empty}
					</Box>
				) : (
					<LineChart
						height={heightPx}
						hideLegend
						skipAnimation
						margin={{ top: 12, right: 12, bottom: 0, left: 0 }}
						grid={{ horizontal: true }}
						xAxis={[
							{
								data: [...places],
								scaleType: 'linear',
								min: places[0] ?? 0,
								max: Math.max(places.at(-1) ?? 1, (places[0] ?? 0) + 1, lastPlace ?? 0),
								label: placeName,
								labelStyle: axisText,
								// The figures, and the name beneath.
								height: 54,
								tickMinStep: 1,
								disableTicks: true,
								tickLabelStyle: axisText,
								valueFormatter: (place: number, { location }) => (location === 'tooltip' ? `${placeName} ${place}` : String(place)),
							},
						]}
						yAxis={[
							{
								width: axisPx,
								min: ticks[0],
								max: ticks.at(-1),
								tickInterval: ticks,
								valueFormatter: (value: number) => formatValue(value),
								disableLine: true,
								// They are not drawn, but keep the figures clear of a dot at the first place.
								tickSize: 9,
								tickLabelStyle: axisText,
							},
						]}
						series={series}
						sx={{
							'& .MuiChartsGrid-line': { stroke: 'var(--mui-palette-divider)' },
							'& .MuiChartsAxis-root .MuiChartsAxis-tick': { stroke: 'none' },
							'& .MuiLineChart-line': { strokeWidth: 2 },
							'& .MuiMarkElement-root': { r: 3 },
							...strokes,
						}}
					>
						{limit && (
							<ChartsReferenceLine
								y={limit.value}
								label={limit.label}
								labelAlign="start"
								lineStyle={{ stroke: 'var(--mui-palette-warning-main)', strokeDasharray: '4 3' }}
								labelStyle={{ fontSize: 12, fontFamily: 'inherit', fill: 'var(--mui-palette-warning-main)' }}
							/>
						)}
					</LineChart>
				)}
			</Box>
		</Box>
	);
}

/** A little more than from the lowest to the highest value, so that no curve runs along an edge; never beyond `atLeast` where no value is. */
function roomFor(curves: readonly Curve[], atLeast: Props['atLeast']): { low: number; high: number } {
	const values = curves.flatMap((curve) => curve.values.filter((value) => value !== null));
	if (values.length === 0) return { low: atLeast?.from ?? 0, high: atLeast?.to ?? 1 };
	const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
	const margin = (high - low) * 0.05;
	return {
		low: atLeast && low >= atLeast.from ? atLeast.from : low - margin,
		high: atLeast && high <= atLeast.to ? atLeast.to : high + margin,
	};
}
