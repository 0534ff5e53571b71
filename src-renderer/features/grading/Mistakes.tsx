import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counting } from '#contract/classReport.ts';
import type { Answer, Assignment, Question } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { excerptOf } from '../../ui/excerptOf.ts';
import { useFormat } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { questionTitle } from './questionTitle.ts';
import { useShowAnswer } from './useDeskPage.ts';
import { useReport } from './useReport.ts';

interface Props {
	assignment: Assignment;
	question: Question;
	answers: Answer[] | null;
	counting: Counting | undefined;
	changes: string;
}

/** What many of the class got wrong in a question: the criteria most often missed and the largest groups of like answers with few points, in the students' words. */
export function Mistakes({ assignment, question, answers, counting, changes }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const { id: assignmentId } = assignment;
	const ask = useCallback(
		(signal: AbortSignal) => client.grading.mistakes({ assignmentId, questionId: question.id, counting }, { signal }),
		[assignmentId, question.id, counting],
	);
	const { value, error } = useReport(ask, changes);
	const show = useShowAnswer();
	const open = (answerId: string) => {
		const answer = answers?.find(({ id }) => id === answerId);
		if (answer) show(answer);
	};
	const names = new Map(question.rubric.map(({ id, name }) => [id, name]));
	return (
		<Section title={t('statistics.mistakes.title', { question: questionTitle(question, assignment) })}>
			<ErrorNotice error={error} sx={{ m: 2 }} />
			{value && value.criteria.length + value.groups.length === 0 && (
				<Typography sx={{ p: 2, color: 'text.secondary' }}>{t('statistics.mistakes.none')}</Typography>
			)}
			{value?.criteria.map(({ criterionId, judged, missed, meanLoss, examples }) => (
				<Mistake
					key={criterionId}
					name={names.get(criterionId) ?? ''}
					words={t('statistics.mistakes.missed', { missed: format.number(missed), judged: format.number(judged), points: format.number(meanLoss, 2) })}
				>
					{examples.map(({ answerId, quote }) => (
						<Quote
							key={answerId}
							text={quote ?? answers?.find(({ id }) => id === answerId)?.text ?? ''}
							isQuote={quote !== null}
							onOpen={() => open(answerId)}
						/>
					))}
				</Mistake>
			))}
			{value?.groups.map(({ groupId, count, meanPoints, example }) => (
				<Mistake
					key={groupId}
					name={t('statistics.mistakes.alike', { answers: format.number(count) })}
					words={t('statistics.mistakes.mean', { points: format.number(meanPoints, 2), outOf: format.number(question.points, 2) })}
				>
					<Quote text={example.text} isQuote={false} onOpen={() => open(example.answerId)} />
				</Mistake>
			))}
		</Section>
	);
}

function Mistake({ name, words, children }: { name: string; words: string; children: ReactNode }) {
	return (
		<Box sx={{ px: 2, py: 1.5, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, justifyContent: 'space-between' }}>
				<Typography dir="auto" sx={{ overflowWrap: 'anywhere', fontWeight: 600 }}>
					{name}
				</Typography>
				<Typography sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>{words}</Typography>
			</Box>
			<Box component="ul" sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none' }}>
				{children}
			</Box>
		</Box>
	);
}

/** Words that were quoted from an answer, or its beginning, and the way to it. */
function Quote({ text, isQuote, onOpen }: { text: string; isQuote: boolean; onOpen: () => void }) {
	const { t } = useTranslation('grading');
	return (
		<Box component="li" sx={{ display: 'flex', alignItems: 'baseline', gap: 1 }}>
			<Typography dir="auto" sx={{ minWidth: 0, overflowWrap: 'anywhere', color: 'text.secondary' }}>
				{isQuote ? t('desk.evidence.quote', { quote: excerptOf(text) }) : excerptOf(text)}
			</Typography>
			<Button size="small" color="inherit" onClick={onOpen} sx={{ flex: 'none', minHeight: 24, py: 0 }}>
				{t('alike.open')}
			</Button>
		</Box>
	);
}
