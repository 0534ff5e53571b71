import Box from '@mui/material/Box';
import { useXScale, useYScale } from '@mui/x-charts/hooks';
import { ScatterChart } from '@mui/x-charts/ScatterChart';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionAgreement } from '#contract/classReport.ts';
import { axisText } from '../../ui/axisText.ts';
import { useFormat } from '../../ui/format.ts';
import { seriesColour } from '../../ui/seriesColours.ts';
import { joinPairs, type PlottedPair } from './agreementWords.ts';

const heightPx = 320;
/** How large a spot is drawn that came up so often. */
const sizes = [
	{ from: 1, radiusPx: 4 },
	{ from: 2, radiusPx: 6 },
	{ from: 5, radiusPx: 9 },
	{ from: 15, radiusPx: 13 },
] as const;

interface Props {
	pairs: QuestionAgreement['pairs'];
	outOf: number;
	/** A spot was clicked: the first answer on it. */
	onOpen: (answerId: string) => void;
}

/** The teacher's points against the proposed ones: on the line they are the same, above it the model gave more. In numbers for all who cannot see it. */
export function AgreementPlot({ pairs, outOf, onOpen }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const spots = useMemo(() => joinPairs(pairs), [pairs]);
	const bySize = sizes.map((size, at) =>
		spots.filter(({ answerIds: { length } }) => length >= size.from && length < (sizes[at + 1]?.from ?? Number.POSITIVE_INFINITY)),
	);
	const words = ({ teacher, model, answerIds }: PlottedPair) =>
		t('agreement.plot.spot', {
			count: answerIds.length,
			teacher: format.number(teacher, 2),
			model: format.number(model, 2),
			answers: format.number(answerIds.length),
		});
	const axis = {
		// Spots at the edges are drawn whole.
		min: -0.05 * outOf,
		max: 1.05 * outOf,
		domainLimit: 'strict',
		valueFormatter: (value: number) => format.number(value, 2),
		disableTicks: true,
		tickLabelStyle: axisText,
		labelStyle: axisText,
	} as const;
	return (
		<Box role="figure" aria-label={t('agreement.plot.title')} sx={{ position: 'relative', p: 1, overflow: 'hidden' }}>
			<ScatterChart
				height={heightPx}
				hideLegend
				skipAnimation
				margin={{ top: 16, right: 16, bottom: 0, left: 0 }}
				grid={{ horizontal: true, vertical: true }}
				xAxis={[{ ...axis, label: t('agreement.plot.teacher') }]}
				yAxis={[{ ...axis, label: t('agreement.plot.model'), width: 52 }]}
				series={sizes.map(({ from, radiusPx }, at) => ({
					id: String(from),
					color: seriesColour(0),
					markerSize: radiusPx,
					data: (bySize[at] ?? []).map(({ teacher, model, answerIds }) => ({ x: teacher, y: model, id: answerIds[0] ?? '' })),
					valueFormatter: (_value, { dataIndex }) => {
						const spot = bySize[at]?.[dataIndex];
						return spot ? words(spot) : '';
					},
				}))}
				onItemClick={(_event: unknown, { seriesId, dataIndex = -1 }: { seriesId?: string | number; dataIndex?: number | undefined }) => {
					const at = sizes.findIndex(({ from }) => String(from) === seriesId);
					const answerId = bySize[at]?.[dataIndex]?.answerIds[0];
					if (answerId !== undefined) onOpen(answerId);
				}}
				sx={{
					'& .MuiChartsGrid-line': { stroke: 'var(--mui-palette-divider)' },
					'& .MuiScatterChart-marker, & circle': { fillOpacity: 0.75, cursor: 'pointer' },
				}}
			>
				<SamePoints outOf={outOf} />
			</ScatterChart>
			<Box component="ul" sx={{ position: 'absolute', width: 1, height: 1, top: 0, overflow: 'hidden', clipPath: 'inset(50%)' }}>
				{spots.map((spot) => (
					<li key={`${spot.teacher} ${spot.model}`}>{words(spot)}</li>
				))}
			</Box>
		</Box>
	);
}

/** Where both gave the same. */
function SamePoints({ outOf }: { outOf: number }) {
	const x = useXScale<'linear'>();
	const y = useYScale<'linear'>();
	return <line x1={x(0)} y1={y(0)} x2={x(outOf)} y2={y(outOf)} stroke="var(--mui-palette-text-secondary)" strokeDasharray="4 4" />;
}
