import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormPage } from '../../ui/FormPage.tsx';
import { notify } from '../../ui/notify.ts';
import { useAim } from '../../ui/useAim.ts';
import { AssignmentFieldsForm } from './AssignmentFieldsForm.tsx';
import { fillWithExample } from './exampleClass.ts';
import { keepForm } from './keepDrafts.ts';
import { NewQuestions } from './NewQuestions.tsx';
import { clearForm, createAssignment, isFormUntouched, newAnswers, setFields, titleOf, useNewAssignment } from './newAssignmentStore.ts';
import { OnlyQuestion } from './OnlyQuestion.tsx';
import { missingIn, readQuestion } from './questionDraft.ts';
import { TableImport } from './TableImport.tsx';
import { useMissingWords } from './useMissingWords.ts';
import { warnOfUnload } from './warnOfUnload.ts';

/** The form for a new assignment, on one page: the question at the left, the class's answers at the right; several questions below. */
export function NewAssignment() {
	const { t } = useTranslation('grading');
	const navigate = useNavigate();
	const fields = useNewAssignment((state) => state.fields);
	const title = useNewAssignment((state) => titleOf(state.fields, state.questions));
	const isMany = useNewAssignment((state) => state.questions.length > 1);
	const isSaving = useNewAssignment((state) => state.isSaving);
	const isUntouched = useNewAssignment(isFormUntouched);
	const isReady = useNewAssignment(
		({ questions, mapping, preview, isReading }) =>
			preview !== null &&
			preview.studentCount > 0 &&
			!isReading &&
			(mapping ?? preview.mapping) !== null &&
			questions.every((question) => readQuestion(question) !== null),
	);
	const lacking = useNewAssignment(({ questions }) => questions.find((question) => missingIn(question) !== null) ?? null);
	const isTableMissing = useNewAssignment(({ preview, isReading }) => preview === null && !isReading);
	const wordsOf = useMissingWords();
	const lacks = lacking === null ? isTableMissing && t('new.tableMissing') : wordsOf(lacking);
	useEffect(keepForm, []);
	useEffect(warnOfUnload, []);
	useAim(['example'], true, () => {
		const bringBack = isUntouched ? null : clearForm();
		fillWithExample(t);
		if (bringBack) notify(t('new.discarded'), bringBack);
	});
	const create = async () => {
		const assignment = await createAssignment();
		if (assignment !== null) await navigate(`/grading/${assignment.id}`, { replace: true });
	};
	const discard = async () => {
		const bringBack = clearForm();
		await navigate('/grading');
		notify(t('new.discarded'), async () => {
			bringBack();
			await navigate('/grading/new');
		});
	};
	return (
		<FormPage
			title={t('new.title')}
			back={{ to: '/grading', label: t('desk.back') }}
			onDiscard={isUntouched ? null : () => void discard()}
			beside={
				isUntouched ? (
					<Button size="small" onClick={() => fillWithExample(t)}>
						{t('empty.example')}
					</Button>
				) : (
					<Typography role="status" noWrap sx={{ color: 'warning.main', ml: 'auto' }}>
						{isMany && lacking !== null ? t('new.lacks', { question: lacking.name, lacks }) : lacks}
					</Typography>
				)
			}
			act={
				<Button variant="contained" disabled={!isReady} loading={isSaving} onClick={() => void create()}>
					{t('new.create')}
				</Button>
			}
		>
			<Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 2fr) minmax(0, 3fr)' }, gap: 4, alignItems: 'start', pt: 1 }}>
				<Box sx={{ display: 'flex', flexDirection: 'column', gap: 4, minWidth: 0 }}>
					{!isMany && <OnlyQuestion part="form" />}
					<AssignmentFieldsForm fields={fields} onChange={setFields} titlePlaceholder={title} />
				</Box>
				<TableImport intake={newAnswers} />
			</Box>
			<Box sx={{ mt: 4 }}>{isMany ? <NewQuestions /> : <OnlyQuestion part="rubric" />}</Box>
		</FormPage>
	);
}
