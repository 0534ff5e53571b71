import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment } from '#contract/grading.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { AgreementPage } from './AgreementPage.tsx';
import { AlikePage } from './AlikePage.tsx';
import { ClassPage } from './ClassPage.tsx';
import { chooseQuestion, useDesk } from './deskStore.ts';
import type { DeskPage } from './useDeskPage.ts';

/** A page of an assignment beside its desk. All are about the question that is on the desk. */
export function DeskReport({ page, assignment, answers }: { page: Exclude<DeskPage, 'desk'>; assignment: Assignment; answers: Answer[] | null }) {
	const chosenId = useDesk((state) => state.questionId);
	const question = assignment.questions.find(({ id }) => id === chosenId) ?? assignment.questions[0];
	if (!question) return null;
	return (
		<Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', borderTop: 1, borderColor: 'divider' }}>
			<Box sx={{ px: 3, py: 2, maxWidth: 1120, display: 'flex', flexDirection: 'column', gap: 3, '& > section': { mb: 0 } }}>
				{page === 'class' && <ClassPage assignment={assignment} answers={answers} question={question} />}
				{page !== 'class' && assignment.questions.length > 1 && <QuestionField assignment={assignment} questionId={question.id} />}
				{page === 'agreement' && <AgreementPage assignment={assignment} answers={answers} question={question} />}
				{page === 'alike' && <AlikePage assignment={assignment} answers={answers} question={question} />}
			</Box>
		</Box>
	);
}

function QuestionField({ assignment, questionId }: { assignment: Assignment; questionId: string }) {
	const { t } = useTranslation('grading');
	const name = (id: string) => assignment.questions.find((question) => question.id === id)?.name ?? '';
	return (
		<Box sx={{ width: 280, '& > *': { width: 1 } }}>
			<SelectField label={t('fields.question')} value={questionId} options={assignment.questions.map(({ id }) => id)} name={name} onChange={chooseQuestion} />
		</Box>
	);
}
