import Box from '@mui/material/Box';
import { BarChart } from '@mui/x-charts/BarChart';
import { useTranslation } from 'react-i18next';
import type { TokenStatistics } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';
import { seriesColour } from '../../ui/seriesColours.ts';

const heightPx = 260;
const axisText = { fontSize: 12, fontFamily: 'inherit' };

/** How many examples have so many tokens, as columns; in numbers for all who cannot see them. */
export function LengthChart({ title, histogram }: { title: string; histogram: TokenStatistics['histogram'] }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const from = (index: number) => (index === 0 ? 0 : (histogram[index - 1]?.upTo ?? 0) + 1);
	const names = histogram.map(({ upTo }, index) => `${format.number(from(index))}–${format.number(upTo)}`);
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
						// Under a column there is room for its end alone; pointing at it tells the whole.
						valueFormatter: (name: string, { location }) => (location === 'tick' ? format.number(histogram[names.indexOf(name)]?.upTo ?? 0) : name),
						label: t('datasets.lengths.tokens'),
						categoryGapRatio: 0.1,
						disableTicks: true,
						tickLabelStyle: axisText,
						labelStyle: axisText,
					},
				]}
				yAxis={[{ width: 48, valueFormatter: (value: number) => format.count(value), disableLine: true, disableTicks: true, tickLabelStyle: axisText }]}
				series={[
					{
						label: t('datasets.examples'),
						color: seriesColour(0),
						data: histogram.map(({ examples }) => examples),
						valueFormatter: (value) => format.number(value ?? 0),
					},
				]}
				sx={{ '& .MuiChartsGrid-line': { stroke: 'var(--mui-palette-divider)' } }}
			/>
			<Box component="table" sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
				<caption>{title}</caption>
				<thead>
					<tr>
						<th scope="col">{t('datasets.lengths.tokens')}</th>
						<th scope="col">{t('datasets.examples')}</th>
					</tr>
				</thead>
				<tbody>
					{histogram.map(({ upTo, examples }, index) => (
						<tr key={upTo}>
							<th scope="row">{names[index]}</th>
							<td>{format.number(examples)}</td>
						</tr>
					))}
				</tbody>
			</Box>
		</Box>
	);
}
