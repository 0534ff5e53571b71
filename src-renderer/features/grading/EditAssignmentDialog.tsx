import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment, AssignmentFields } from '#contract/grading.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { AssignmentFieldsForm } from './AssignmentFieldsForm.tsx';
import { changeFields, useGrading } from './gradingStore.ts';
import { titleOf } from './newAssignmentStore.ts';

/** Shows the question, the key and the like, and lets them be changed. What is graded already stays as it is. */
export function EditAssignmentDialog({ assignment, onClose }: { assignment: Assignment; onClose: () => void }) {
	const { t } = useTranslation('grading');
	const titleId = useId();
	const error = useGrading((state) => state.error);
	const [fields, setFields] = useState<AssignmentFields>(() => fieldsOf(assignment));
	const [isSaving, setSaving] = useState(false);
	const save = async () => {
		setSaving(true);
		const wasSaved = await changeFields(assignment.id, { ...fields, title: titleOf(fields) });
		setSaving(false);
		if (wasSaved) onClose();
	};
	return (
		<Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
			<DialogTitle id={titleId}>{t('edit.title')}</DialogTitle>
			<DialogContent>
				<Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('edit.text')}</Typography>
				<AssignmentFieldsForm fields={fields} onChange={(change) => setFields({ ...fields, ...change })} titlePlaceholder={titleOf(fields)} />
				<ErrorNotice error={error} sx={{ mt: 2 }} />
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{t('edit.cancel')}
				</Button>
				<Button variant="contained" loading={isSaving} disabled={fields.question.trim() === ''} onClick={() => void save()}>
					{t('edit.save')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}

function fieldsOf({ title, subject, question, key, gradeLevel, feedbackLanguage }: Assignment): AssignmentFields {
	return { title, subject, question, key, gradeLevel, feedbackLanguage };
}
