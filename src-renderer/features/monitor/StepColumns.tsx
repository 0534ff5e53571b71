import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ChartLegend } from '../../ui/ChartLegend.tsx';
import { type ColumnSeries, Columns } from '../../ui/Columns.tsx';
import { formatStep, namedSteps } from './formatStep.ts';

export interface Steps {
	at: readonly number[];
	stepMs: number;
}

/** How many came in each step, as columns on top of one another. The numbers are in the table of the page, too. */
export function StepColumns({ title, steps, series, heightPx }: { title: string; steps: Steps; series: readonly ColumnSeries[]; heightPx: number }) {
	const { i18n } = useTranslation();
	return (
		<Box>
			<ChartLegend series={series} />
			<Columns
				title={title}
				heightPx={heightPx}
				places={steps.at}
				formatPlace={(at, where) => formatStep(at, steps.stepMs, i18n.language, where === 'tooltip')}
				isNamed={namedSteps(steps.at.length)}
				gapRatio={0.2}
				series={series}
			/>
		</Box>
	);
}
