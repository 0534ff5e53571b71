import Box from '@mui/material/Box';
import { BarChart } from '@mui/x-charts/BarChart';
import { useTranslation } from 'react-i18next';
import type { Distribution } from '#contract/agreement.ts';
import { useFormat } from '../../ui/format.ts';
import { seriesColour } from '../../ui/seriesColours.ts';

const heightPx = 220;
const axisText = { fontSize: 12, fontFamily: 'inherit' };

/** How many students reached which sum of points, as columns; in numbers for all who cannot see them. */
export function SumsChart({ distribution: { bins } }: { distribution: Distribution }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const names = bins.map(({ low, high }) => `${format.number(low, 2)}–${format.number(high, 2)}`);
	const title = t('statistics.sums.title');
	return (
		<Box sx={{ position: 'relative', overflow: 'hidden' }}>
			<BarChart
				title={title}
				height={heightPx}
				hideLegend
				skipAnimation
				margin={{ top: 12, right: 0, bottom: 0, left: 0 }}
				borderRadius={2}
				grid={{ horizontal: true }}
				xAxis={[
					{
						scaleType: 'band',
						data: names,
						label: t('mark.points'),
						categoryGapRatio: 0.1,
						disableTicks: true,
						tickLabelStyle: axisText,
						labelStyle: axisText,
					},
				]}
				yAxis={[
					{
						width: 36,
						tickMinStep: 1,
						valueFormatter: (value: number) => format.count(value),
						disableLine: true,
						disableTicks: true,
						tickLabelStyle: axisText,
					},
				]}
				series={[
					{
						label: t('statistics.sums.students'),
						color: seriesColour(0),
						data: bins.map(({ count }) => count),
						valueFormatter: (value) => format.number(value ?? 0),
					},
				]}
				sx={{ '& .MuiChartsGrid-line': { stroke: 'var(--mui-palette-divider)' } }}
			/>
			<Box component="table" sx={{ position: 'absolute', width: 1, height: 1, top: 0, overflow: 'hidden', clipPath: 'inset(50%)' }}>
				<caption>{title}</caption>
				<tbody>
					{bins.map(({ low, count }, at) => (
						<tr key={low}>
							<th scope="row">{names[at]}</th>
							<td>{format.number(count)}</td>
						</tr>
					))}
				</tbody>
			</Box>
		</Box>
	);
}
