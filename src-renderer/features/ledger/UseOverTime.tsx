import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Use } from '#contract/ledger.ts';
import { ChartLegend } from '../../ui/ChartLegend.tsx';
import { type ColumnSeries, Columns } from '../../ui/Columns.tsx';
import { mostSeries, restColour, seriesColour } from '../../ui/seriesColours.ts';
import { type Buckets, type Grouping, seriesOf } from './arrangeUse.ts';
import { formatBucket } from './formatBucket.ts';
import { UseTable } from './UseTable.tsx';
import type { NameOf } from './useNames.ts';

const groupings = ['person', 'model', 'task'] as const satisfies readonly Grouping[];

/** Tokens over time, each column made up of people, models or tasks, and the same numbers as a table. */
export function UseOverTime({ uses, buckets, nameOf }: { uses: readonly Use[]; buckets: Buckets; nameOf: NameOf }) {
	const { t, i18n } = useTranslation('ledger');
	const titleId = useId();
	const [by, setBy] = useState<Grouping>('person');
	const series = useMemo(
		() =>
			seriesOf(uses, by, buckets, mostSeries).map(
				({ key, tokens }, index): ColumnSeries => ({
					id: key === null ? 'rest' : `of ${key}`,
					name: nameOf(key, by),
					colour: key === null ? restColour : seriesColour(index),
					values: tokens,
				}),
			),
		[uses, by, buckets, nameOf],
	);
	return (
		<Box component="section" aria-labelledby={titleId} sx={{ mb: 3 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1 }}>
				<Typography id={titleId} variant="h2" sx={{ flex: 1 }}>
					{t(buckets.unit === 'day' ? 'use.perDay' : 'use.perMonth')}
				</Typography>
				<ToggleButtonGroup
					exclusive
					size="small"
					aria-label={t('use.stackedBy')}
					value={by}
					onChange={(_event, chosen: Grouping | null) => chosen && setBy(chosen)}
				>
					{groupings.map((name) => (
						<ToggleButton key={name} value={name}>
							{t(`use.by.${name}`)}
						</ToggleButton>
					))}
				</ToggleButtonGroup>
			</Box>
			<Paper variant="outlined" sx={{ p: 2 }}>
				<ChartLegend series={series} />
				<Columns
					title={t(buckets.unit === 'day' ? 'use.perDay' : 'use.perMonth')}
					heightPx={280}
					places={buckets.names}
					formatPlace={(name) => formatBucket(name, i18n.language)}
					gapRatio={0.25}
					series={series}
				/>
				<UseTable series={series} buckets={buckets} />
			</Paper>
		</Box>
	);
}
