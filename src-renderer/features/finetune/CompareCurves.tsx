import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunPoint } from '#contract/finetune.ts';
import { CurveChart } from '../../ui/CurveChart.tsx';
import { useFormat } from '../../ui/format.ts';
import { seriesColour } from '../../ui/seriesColours.ts';
import type { FollowedRun } from './mergeRun.ts';
import { overlayCurves } from './overlayCurves.ts';
import { runNames } from './runNames.ts';
import { smoothCurve } from './smoothCurve.ts';
import { thinPoints } from './thinPoints.ts';

const mostDrawn = 400;
const smoothing = 0.9;

/** The smoothed losses and the validation losses of two runs over each other: a colour for each run, dashes for what was held out. */
export function CompareCurves({ pair }: { pair: readonly [FollowedRun, FollowedRun] }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { places, curves } = useMemo(() => {
		const names = runNames(pair.map(({ run }) => run));
		const all = pair.flatMap(({ points }) => [smoothedLoss(points), validationLoss(points)]);
		const overlaid = overlayCurves(all);
		return {
			places: overlaid.places,
			curves: overlaid.values.flatMap((values, index) => {
				// Of a run that waits there is no line that the legend could name.
				if (values.every((value) => value === null)) return [];
				const isValidation = index % 2 === 1;
				const name = names[Math.floor(index / 2)] ?? '';
				return [
					{
						id: `curve-${index}`,
						name: `${name}: ${t(isValidation ? 'run.curves.validation' : 'run.curves.smoothed')}`,
						colour: seriesColour(Math.floor(index / 2)),
						values,
						hasDots: isValidation,
						isDashed: isValidation,
					},
				];
			}),
		};
	}, [pair, t]);
	return (
		<CurveChart
			title={t('run.curves.loss')}
			places={places}
			placeName={t('run.curves.step')}
			curves={curves}
			heightPx={330}
			formatValue={(value) => format.number(value, 3)}
			empty={t('run.curves.empty')}
		/>
	);
}

function smoothedLoss(points: readonly RunPoint[]) {
	const smoothed = smoothCurve(
		points.map(({ loss }) => loss),
		smoothing,
	);
	return thinPoints(
		points.map((point, index) => ({ ...point, value: smoothed[index] ?? null })),
		mostDrawn,
	).filter(({ value }) => value !== null);
}

function validationLoss(points: readonly RunPoint[]) {
	return points.filter((point) => point.validationLoss !== null).map((point) => ({ step: point.step, value: point.validationLoss }));
}
