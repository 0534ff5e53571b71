import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment, Question } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { DriftRow } from './DriftRow.tsx';
import { LikeGroupRow } from './LikeGroupRow.tsx';
import { useReport } from './useReport.ts';

const shownAtFirst = 20;

/** Answers to a question that say the same, or nearly: those that were marked unlike one another, and the groups, of which equal ones can be marked as one. */
export function AlikePage({ assignment, answers, question }: { assignment: Assignment; answers: Answer[] | null; question: Question }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const [shown, setShown] = useState(shownAtFirst);
	const ask = useCallback(
		(signal: AbortSignal) => client.grading.likeAnswers({ assignmentId: assignment.id, questionId: question.id }, { signal }),
		[assignment.id, question.id],
	);
	// What is like does not change, and what drifts follows the marks.
	const marks = useMemo(() => Math.max(0, ...(answers ?? []).map(({ mark }) => mark?.updatedAt ?? 0)), [answers]);
	const { value, error } = useReport(ask, `${assignment.counts.marked} ${marks}`);
	const byId = useMemo(() => new Map((answers ?? []).map((answer) => [answer.id, answer])), [answers]);
	const isThere = value !== null && answers !== null;
	return (
		<>
			<Box component="header">
				<Typography variant="h2">{t('alike.title')}</Typography>
				<Typography sx={{ color: 'text.secondary', maxWidth: 720 }}>
					{value?.comparedBy ? t('alike.byModel', { model: value.comparedBy }) : t(value?.onlyEqual ? 'alike.onlyEqual' : 'alike.text')}
				</Typography>
			</Box>
			<ErrorNotice error={error} />
			{isThere && (
				<Section title={t('alike.drift.title', { pairs: format.number(value.drift.length) })}>
					{value.drift.length === 0 && <Typography sx={{ p: 2, color: 'text.secondary' }}>{t('alike.drift.none')}</Typography>}
					{value.drift.slice(0, shown).map((drift) => (
						<DriftRow key={drift.groupId} drift={drift} low={byId.get(drift.low.id)} high={byId.get(drift.high.id)} />
					))}
				</Section>
			)}
			{isThere && (
				<Section title={t('alike.groups.title', { groups: format.number(value.groups.length) })}>
					{value.groups.length === 0 && <Typography sx={{ p: 2, color: 'text.secondary' }}>{t('alike.groups.none')}</Typography>}
					{value.groups.slice(0, shown).map((group) => (
						<LikeGroupRow key={group.id} assignmentId={assignment.id} question={question} group={group} byId={byId} />
					))}
				</Section>
			)}
			{isThere && Math.max(value.groups.length, value.drift.length) > shown && (
				<Button color="inherit" onClick={() => setShown((now) => now + 100)} sx={{ alignSelf: 'flex-start' }}>
					{t('alike.more')}
				</Button>
			)}
		</>
	);
}
