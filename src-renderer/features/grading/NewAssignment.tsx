import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { notify } from '../../ui/notify.ts';
import { Page } from '../../ui/Page.tsx';
import { AssignmentFieldsForm } from './AssignmentFieldsForm.tsx';
import { fillWithExample } from './exampleClass.ts';
import { clearForm, createAssignment, setFields, titleOf, useNewAssignment } from './newAssignmentStore.ts';
import { TableImport } from './TableImport.tsx';

/** The form for a new assignment, on one page: the question at the left, the class's answers at the right. */
export function NewAssignment() {
	const { t } = useTranslation('grading');
	const navigate = useNavigate();
	const fields = useNewAssignment((state) => state.fields);
	const isSaving = useNewAssignment((state) => state.isSaving);
	const isUntouched = useNewAssignment((state) => state.source === null && Object.values(state.fields).every((value) => value === '' || value === 'auto'));
	const isReady = useNewAssignment(
		({ fields, mapping, preview, isReading }) =>
			fields.question.trim() !== '' && preview !== null && preview.rowCount > 0 && !isReading && (mapping ?? preview.mapping) !== null,
	);
	const create = async () => {
		const assignment = await createAssignment();
		if (assignment !== null) await navigate(`/grading/${assignment.id}`, { replace: true });
	};
	const discard = async () => {
		const bringBack = clearForm();
		await navigate('/grading');
		if (isUntouched) return;
		notify(t('new.discarded'), async () => {
			bringBack();
			await navigate('/grading/new');
		});
	};
	return (
		<Page
			title={t('new.title')}
			beside={
				isUntouched && (
					<Button size="small" onClick={() => fillWithExample(t)}>
						{t('empty.example')}
					</Button>
				)
			}
			action={
				<>
					<Button color="inherit" onClick={() => void discard()}>
						{t(isUntouched ? 'new.cancel' : 'new.discard')}
					</Button>
					<Button variant="contained" disabled={!isReady} loading={isSaving} onClick={() => void create()}>
						{t('new.create')}
					</Button>
				</>
			}
		>
			<Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 2fr) minmax(0, 3fr)' }, gap: 4, alignItems: 'start', pt: 1 }}>
				<AssignmentFieldsForm fields={fields} onChange={setFields} titlePlaceholder={titleOf(fields)} />
				<TableImport />
			</Box>
		</Page>
	);
}
