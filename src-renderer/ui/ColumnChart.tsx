import Box from '@mui/material/Box';
import { BarChart } from '@mui/x-charts/BarChart';
import { useFormat } from './format.ts';
import { seriesColour } from './seriesColours.ts';

const axisText = { fontSize: 12, fontFamily: 'inherit' };

/** One column: what it counts, such as `10–20`, and what stands under it where there is no room for that. */
export interface Column {
	name: string;
	tick?: string;
	count: number;
}

/** How many of something are of each kind, as columns; in numbers for all who cannot see them. `of` is what the kinds are of, `counted` what is counted. */
export function ColumnChart(props: { title: string; of: string; counted: string; heightPx: number; columns: readonly Column[] }) {
	const { title, of, counted, heightPx, columns } = props;
	const format = useFormat();
	const ticks = new Map(columns.map(({ name, tick }) => [name, tick ?? name]));
	return (
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
						data: columns.map(({ name }) => name),
						valueFormatter: (name: string, { location }) => (location === 'tick' ? (ticks.get(name) ?? name) : name),
						label: of,
						categoryGapRatio: 0.1,
						disableTicks: true,
						tickLabelStyle: axisText,
						labelStyle: axisText,
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
				series={[{ label: counted, color: seriesColour(0), data: columns.map(({ count }) => count), valueFormatter: (value) => format.number(value ?? 0) }]}
				sx={{ '& .MuiChartsGrid-line': { stroke: 'var(--mui-palette-divider)' } }}
			/>
			<Box component="table" sx={{ position: 'absolute', width: 1, height: 1, top: 0, overflow: 'hidden', clipPath: 'inset(50%)' }}>
				<caption>{title}</caption>
				<thead>
					<tr>
						<th scope="col">{of}</th>
						<th scope="col">{counted}</th>
					</tr>
				</thead>
				<tbody>
					{columns.map(({ name, count }) => (
						<tr key={name}>
							<th scope="row">{name}</th>
							<td>{format.number(count)}</td>
						</tr>
					))}
				</tbody>
			</Box>
		</Box>
	);
}
