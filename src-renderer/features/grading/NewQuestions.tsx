import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { chooseQuestion, setPointsOfAll, setQuestion, useNewAssignment } from './newAssignmentStore.ts';
import { QuestionsEditor } from './QuestionsEditor.tsx';
import { missingIn } from './questionDraft.ts';

/** The questions of a new assignment that has several, with how many of them still lack something. */
export function NewQuestions() {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const fields = useNewAssignment((state) => state.fields);
	const questions = useNewAssignment((state) => state.questions);
	const chosen = useNewAssignment((state) => state.chosen);
	const unfinished = questions.flatMap((question, at) => (missingIn(question) === null ? [] : [at]));
	const next = unfinished.find((at) => at > chosen) ?? unfinished.find((at) => at !== chosen);
	const total = questions.reduce((sum, { points }) => sum + points, 0);
	return (
		<Box component="section" aria-label={t('questions.label')}>
			<Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2, mb: 1.5, minHeight: 30 }}>
				<Typography variant="h2">{t('questions.title', { questions: format.number(questions.length) })}</Typography>
				{!Number.isNaN(total) && (
					<Typography sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
						{t('questions.total', { points: format.number(total, 2) })}
					</Typography>
				)}
				<Typography role="status" sx={{ color: 'warning.main' }}>
					{unfinished.length > 0 && t('questions.unfinished', { questions: format.number(unfinished.length) })}
				</Typography>
				{next !== undefined && (
					<Button size="small" color="inherit" onClick={() => chooseQuestion(next)}>
						{t('questions.next')}
					</Button>
				)}
			</Box>
			<QuestionsEditor questions={questions} about={fields} chosen={chosen} onChoose={chooseQuestion} onChange={setQuestion} onPointsOfAll={setPointsOfAll} />
		</Box>
	);
}
