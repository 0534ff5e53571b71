import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run, RunPoint } from '#contract/finetune.ts';
import { CurveChart } from '../../ui/CurveChart.tsx';
import { useFormat } from '../../ui/format.ts';
import { seriesColour } from '../../ui/seriesColours.ts';
import { forgettingLimit } from './forgettingLimit.ts';
import { PointTable } from './PointTable.tsx';
import { isOpen } from './runActs.ts';
import { smoothCurve } from './smoothCurve.ts';
import { thinPoints } from './thinPoints.ts';

/** More could not be told apart on a screen. */
const mostDrawn = 800;
const smoothing = 0.9;
const fromNothing = { from: 0, to: 1 };
const aroundLimit = { from: 0.98, to: 1.14 };

/** The curves of a run as they grow: loss, what is forgotten, speed and memory; and the same figures as a table. */
export function RunCurves({ run, points }: { run: Run; points: readonly RunPoint[] }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const drawn = useMemo(() => {
		const smoothed = smoothCurve(
			points.map(({ loss }) => loss),
			smoothing,
		);
		return thinPoints(
			points.map((point, index) => ({ ...point, smoothed: smoothed[index] ?? null })),
			mostDrawn,
		);
	}, [points]);
	const places = useMemo(() => drawn.map(({ step }) => step), [drawn]);
	const curves = useMemo(
		() => ({
			loss: [
				{ id: 'raw', name: t('run.curves.raw'), colour: seriesColour(0), values: drawn.map(({ loss }) => loss), isFaint: true },
				{ id: 'smoothed', name: t('run.curves.smoothed'), colour: seriesColour(0), values: drawn.map((point) => point.smoothed) },
				{
					id: 'validation',
					name: t('run.curves.validation'),
					colour: seriesColour(1),
					values: drawn.map(({ validationLoss }) => validationLoss),
					hasDots: true,
				},
			],
			forgetting: [
				{ id: 'forgetting', name: t('run.curves.forgetting'), colour: seriesColour(2), values: drawn.map(({ forgetting }) => forgetting), hasDots: true },
			],
			speed: [{ id: 'speed', name: t('run.curves.speed'), colour: seriesColour(0), values: drawn.map(({ tokensPerSecond }) => tokensPerSecond) }],
			memory: [
				{
					id: 'memory',
					name: t('run.curves.memory'),
					colour: seriesColour(0),
					values: drawn.map(({ memoryBytes, vramBytes }) => (memoryBytes === null ? null : memoryBytes + (vramBytes ?? 0))),
				},
			],
		}),
		[drawn, t],
	);
	const shared = { places, placeName: t('run.curves.step'), empty: t('run.curves.empty'), lastPlace: isOpen(run) ? run.totalSteps : null };
	const inDigits = useMemo(() => [0, 2, 3].map((digits) => (value: number) => format.number(value, digits)), [format]);
	const [whole = String, ratio = String, loss = String] = inDigits;
	return (
		<Box sx={{ mb: 3 }}>
			<Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 3fr) minmax(0, 2fr)' }, gap: 2 }}>
				<Card title={t('run.curves.loss')}>
					<CurveChart {...shared} title={t('run.curves.loss')} curves={curves.loss} heightPx={290} formatValue={loss} />
				</Card>
				<Card title={t('run.curves.forgetting')} help={t('run.curves.forgettingHelp')}>
					<CurveChart
						{...shared}
						title={t('run.curves.forgetting')}
						curves={curves.forgetting}
						heightPx={298}
						formatValue={ratio}
						limit={{ value: forgettingLimit, label: t('run.curves.limit') }}
						atLeast={aroundLimit}
						hasLegend={false}
					/>
				</Card>
				<Card title={t('run.curves.speed')}>
					<CurveChart
						{...shared}
						title={t('run.curves.speed')}
						curves={curves.speed}
						heightPx={138}
						formatValue={whole}
						atLeast={fromNothing}
						hasLegend={false}
					/>
				</Card>
				<Card title={t('run.curves.memory')}>
					<CurveChart
						{...shared}
						title={t('run.curves.memory')}
						curves={curves.memory}
						heightPx={138}
						formatValue={format.bytes}
						axisPx={72}
						hasBytes
						atLeast={fromNothing}
						hasLegend={false}
					/>
				</Card>
			</Box>
			<PointTable points={points} title={run.title} />
		</Box>
	);
}

function Card({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
	const id = useId();
	return (
		<Paper variant="outlined" component="section" aria-labelledby={id} sx={{ p: 2, minWidth: 0 }}>
			<Typography id={id} variant="h2" sx={{ mb: help ? 0 : 1 }}>
				{title}
			</Typography>
			{help && (
				<Typography variant="caption" component="p" sx={{ color: 'text.secondary', m: 0, mb: 1 }}>
					{help}
				</Typography>
			)}
			{children}
		</Paper>
	);
}
