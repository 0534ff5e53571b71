import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counted, History, MonitorPoint, Quantiles } from '#contract/monitor.ts';
import { useFormat } from '../../ui/format.ts';
import { seriesColour } from '../../ui/seriesColours.ts';
import { StepColumns } from './StepColumns.tsx';
import { StepLines } from './StepLines.tsx';

const heightPx = 200;
const errorColour = 'var(--mui-palette-error-main)';
const quantileNames = ['p50', 'p95', 'p99'] as const;

/** A span drawn: how much came, how long it took, how fast it was written, and how the machine was. */
export function HistoryCharts({ history, counted }: { history: History; counted: Counted }) {
	const { t } = useTranslation('monitor');
	const format = useFormat();
	const { points, machine, stepMs } = history;
	const steps = useMemo(() => ({ at: points.map(({ at }) => at), stepMs }), [points, stepMs]);
	const machineAt = useMemo(() => new Map(machine.map((sample) => [sample.at, sample])), [machine]);
	const ofMachine = (read: (sample: History['machine'][number]) => number | null) =>
		steps.at.map((at) => {
			const sample = machineAt.get(at);
			return sample ? read(sample) : null;
		});
	const quantileLines = (read: (point: MonitorPoint) => Quantiles | null) =>
		quantileNames.map((name, index) => ({
			id: name,
			name: t(`chart.${name}`),
			colour: seriesColour(index),
			values: points.map((point) => read(point)?.[name] ?? null),
		}));
	const isAnswers = counted === 'answers';
	const load = [
		{
			id: 'good',
			name: t(isAnswers ? 'chart.answered' : 'chart.good'),
			colour: seriesColour(0),
			values: points.map((each) => each.count - each.errors - each.repeats),
		},
		...(isAnswers ? [{ id: 'repeats', name: t('chart.repeats'), colour: seriesColour(3), values: points.map(({ repeats }) => repeats) }] : []),
		{ id: 'errors', name: t('chart.errors'), colour: errorColour, values: points.map(({ errors }) => errors) },
	];
	const shared = { steps, heightPx, empty: t('chart.empty') };
	const hasGpu = machine.some(({ gpuFraction }) => gpuFraction !== null);
	return (
		<Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' }, gap: 2, mb: 3 }}>
			<Card title={t(`chart.load.${counted}`)}>
				<StepColumns title={t(`chart.load.${counted}`)} series={load} steps={steps} heightPx={heightPx} />
			</Card>
			<Card title={t(isAnswers ? 'chart.firstWord' : 'chart.took')}>
				<StepLines
					{...shared}
					title={t(isAnswers ? 'chart.firstWord' : 'chart.took')}
					series={quantileLines((point) => (isAnswers ? point.firstTokenMs : point.tookMs))}
					formatValue={format.duration}
					atLeast={100}
					axisPx={72}
				/>
			</Card>
			{isAnswers && (
				<>
					<Card title={t('chart.tokens')}>
						<StepColumns
							title={t('chart.tokens')}
							steps={steps}
							heightPx={heightPx}
							series={[
								{ id: 'prompt', name: t('chart.prompt'), colour: seriesColour(3), values: points.map(({ promptTokens }) => promptTokens) },
								{ id: 'completion', name: t('chart.completion'), colour: seriesColour(0), values: points.map(({ completionTokens }) => completionTokens) },
							]}
						/>
					</Card>
					<Card title={t('chart.speed')}>
						<StepLines
							{...shared}
							title={t('chart.speed')}
							series={[{ id: 'speed', name: t('chart.median'), colour: seriesColour(0), values: points.map(({ tokensPerSecond }) => tokensPerSecond) }]}
							formatValue={(value) => format.number(value, 1)}
							atLeast={1}
						/>
					</Card>
				</>
			)}
			<Card title={t('chart.queue')}>
				<StepLines
					{...shared}
					title={t('chart.queue')}
					series={[
						{ id: 'running', name: t('chart.running'), colour: seriesColour(0), values: ofMachine(({ runningMost }) => runningMost) },
						{ id: 'waiting', name: t('chart.waiting'), colour: seriesColour(1), values: ofMachine(({ waitingMost }) => waitingMost) },
					]}
					formatValue={(value) => format.number(value)}
					atLeast={4}
				/>
			</Card>
			<Card title={t('chart.machine')}>
				<StepLines
					{...shared}
					title={t('chart.machine')}
					series={[
						{ id: 'cpu', name: t('machine.cpu'), colour: seriesColour(0), values: ofMachine(({ cpuFraction }) => cpuFraction) },
						...(hasGpu ? [{ id: 'gpu', name: t('machine.gpu'), colour: seriesColour(1), values: ofMachine(({ gpuFraction }) => gpuFraction) }] : []),
					]}
					formatValue={format.percent}
					atLeast={1}
					atMost={1}
				/>
			</Card>
		</Box>
	);
}

function Card({ title, children }: { title: string; children: ReactNode }) {
	const id = useId();
	return (
		<Paper variant="outlined" component="section" aria-labelledby={id} sx={{ p: 2, minWidth: 0 }}>
			<Typography id={id} variant="h2" sx={{ mb: 1 }}>
				{title}
			</Typography>
			{children}
		</Paper>
	);
}
