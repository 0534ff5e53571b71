import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionAgreement } from '#contract/classReport.ts';
import type { Answer, Assignment, Question } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { AgreementFigures } from './AgreementFigures.tsx';
import { AgreementPlot } from './AgreementPlot.tsx';
import { ConfusionTable } from './ConfusionTable.tsx';
import { CriteriaTable } from './CriteriaTable.tsx';
import { MarkersAgreement } from './MarkersAgreement.tsx';
import { MarkMore } from './MarkMore.tsx';
import { TrustTableView } from './TrustTableView.tsx';
import { useShowAnswer } from './useDeskPage.ts';
import { useReport } from './useReport.ts';

/**
 * How well the model agrees with the teacher in one question: in figures, drawn, and by criterion; and how many more answers to mark to know. Where a
 * second one has marked too, how well those two agree.
 */
export function AgreementPage({ assignment, answers, question }: { assignment: Assignment; answers: Answer[] | null; question: Question }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const ask = useCallback(
		(signal: AbortSignal) => client.grading.agreement({ assignmentId: assignment.id, questionId: question.id }, { signal }),
		[assignment.id, question.id],
	);
	const isChecked = question.check.kind !== 'none';
	// The marks of a second marker are in no count.
	const marks = useMemo(() => Math.max(0, ...(answers ?? []).map(({ secondMark }) => secondMark?.updatedAt ?? 0)), [answers]);
	const { value, error } = useReport(ask, `${assignment.counts.marked} ${assignment.job?.state ?? ''} ${marks}`);
	return (
		<>
			<Box component="header">
				<Typography variant="h2">{t(isChecked ? 'agreement.titleOfCheck' : 'agreement.title')}</Typography>
				<Typography sx={{ color: 'text.secondary', maxWidth: 720 }}>{t(isChecked ? 'agreement.textOfCheck' : 'agreement.text')}</Typography>
			</Box>
			<ErrorNotice error={error} />
			{value && <MarkMore question={question} answers={answers} report={value} />}
			{value && value.accepted > 0 && (
				<Typography variant="caption" sx={{ color: 'text.secondary', maxWidth: 720 }}>
					{t('agreement.accepted', { count: value.accepted, answers: format.number(value.accepted) })}
				</Typography>
			)}
			{value && value.pairs.length > 0 && <Compared question={question} answers={answers} report={value} />}
			{value?.markers && (
				<>
					<Typography variant="h2">{t('markers.title')}</Typography>
					<MarkersAgreement question={question} markers={value.markers} />
				</>
			)}
		</>
	);
}

function Compared({ question, answers, report }: { question: Question; answers: Answer[] | null; report: QuestionAgreement }) {
	const { t } = useTranslation('grading');
	const show = useShowAnswer();
	const open = (answerId: string) => {
		const answer = answers?.find(({ id }) => id === answerId);
		if (answer) show(answer);
	};
	return (
		<>
			<AgreementFigures agreement={report.agreement} outOf={question.points} />
			<Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' }, columnGap: 3, '& > *': { minWidth: 0 } }}>
				<Section title={t('agreement.plot.title')}>
					<AgreementPlot pairs={report.pairs} outOf={question.points} onOpen={open} />
				</Section>
				<Section title={t('agreement.confusion.title')}>
					<ConfusionTable
						confusion={report.agreement.confusion}
						title={t('agreement.confusion.title')}
						text={t('agreement.confusion.text')}
						corner={t('agreement.confusion.corner')}
					/>
				</Section>
			</Box>
			{report.criteria.some(({ agreement }) => agreement.count > 0) && (
				<Section title={t('agreement.criteria.title')}>
					<CriteriaTable rubric={question.rubric} criteria={report.criteria} />
				</Section>
			)}
			<Section title={t('agreement.trust.title')}>
				<TrustTableView trust={report.trust} />
			</Section>
		</>
	);
}
