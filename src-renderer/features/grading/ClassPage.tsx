import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassStatistics, Counting } from '#contract/classReport.ts';
import type { Answer, Assignment, Question } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { Term } from '../../ui/Term.tsx';
import { ItemTable } from './ItemTable.tsx';
import { Mistakes } from './Mistakes.tsx';
import { PrintClass } from './PrintClass.tsx';
import { SumsChart } from './SumsChart.tsx';
import { leastStudents } from './statisticsWords.ts';
import { useReport } from './useReport.ts';

/** How the class did: the sums, the questions, and what many got wrong. What counts is said, and can be chosen. */
export function ClassPage({ assignment, answers, question }: { assignment: Assignment; answers: Answer[] | null; question: Question }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const [chosen, setChosen] = useState<Counting | undefined>(undefined);
	const ask = useCallback(
		(signal: AbortSignal) => client.grading.statistics({ assignmentId: assignment.id, counting: chosen }, { signal }),
		[assignment.id, chosen],
	);
	const changes = `${assignment.counts.marked} ${assignment.job?.state ?? ''}`;
	const { value, error } = useReport(ask, changes);
	const counting = chosen ?? value?.counting ?? 'settled';
	return (
		<>
			<Box component="header" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2 }}>
				<Box sx={{ flex: 1, minWidth: 280 }}>
					<Typography variant="h2">{t('statistics.title')}</Typography>
					<Typography role="status" sx={{ color: 'text.secondary', minHeight: 21 }}>
						{value &&
							t(value.counting === 'settled' ? 'statistics.ofSettled' : 'statistics.ofAll', {
								answers: format.number(value.counted),
								proposed: format.number(value.proposed),
							})}
					</Typography>
				</Box>
				{value && value.counted > 0 && <PrintClass title={assignment.title} />}
				<ToggleButtonGroup exclusive size="small" value={counting} aria-label={t('statistics.counting')} onChange={(_event, next) => next && setChosen(next)}>
					<ToggleButton value="settled">{t('statistics.settled')}</ToggleButton>
					<ToggleButton value="all">{t('statistics.all')}</ToggleButton>
				</ToggleButtonGroup>
			</Box>
			<ErrorNotice error={error} />
			{value && value.counted === 0 && <Typography sx={{ color: 'text.secondary' }}>{t('statistics.nothing')}</Typography>}
			{value && value.counted > 0 && <Sums statistics={value} />}
			{value && value.counted > 0 && (
				<Section title={t('statistics.items.title')}>
					<ItemTable assignment={assignment} items={value.analysis.items} chosenId={question.id} />
				</Section>
			)}
			{value && value.counted > 0 && (
				<Mistakes key={question.id} assignment={assignment} question={question} answers={answers} counting={chosen} changes={changes} />
			)}
		</>
	);
}

function Sums({ statistics: { analysis } }: { statistics: ClassStatistics }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const { distribution, alpha } = analysis;
	const number = (value: number | null) => (value === null ? '–' : format.number(value, 2));
	return (
		<Paper variant="outlined" component="section" aria-label={t('statistics.sums.title')} sx={{ p: 2 }}>
			{distribution.count > 0 ? (
				<>
					<Box component="dl" sx={{ m: 0, mb: 2, display: 'flex', flexWrap: 'wrap', gap: 4 }}>
						<Figure name={t('statistics.sums.students')} value={format.number(distribution.count)} />
						<Figure name={t('statistics.sums.mean')} value={number(distribution.mean)} />
						<Figure name={t('statistics.sums.median')} value={number(distribution.median)} />
						<Figure name={t('statistics.sums.deviation')} value={number(distribution.deviation)} />
						<Figure name={t('statistics.sums.range')} value={`${number(distribution.lowest)} – ${number(distribution.highest)}`} />
						{analysis.items.length > 1 && (
							<Figure
								name={<Term name="cronbachsAlpha">{t('statistics.sums.alpha')}</Term>}
								value={number(distribution.count < leastStudents ? null : alpha)}
							/>
						)}
					</Box>
					<SumsChart distribution={distribution} />
				</>
			) : (
				<Typography sx={{ color: 'text.secondary' }}>{t('statistics.sums.nobody')}</Typography>
			)}
			{analysis.items.length > 1 && (
				<Typography variant="caption" component="p" sx={{ m: 0, mt: 1, color: 'text.secondary' }}>
					{t('statistics.sums.help')}
				</Typography>
			)}
		</Paper>
	);
}
