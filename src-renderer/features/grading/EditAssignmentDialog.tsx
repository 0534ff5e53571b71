import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment } from '#contract/grading.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { AssignmentFieldsForm } from './AssignmentFieldsForm.tsx';
import { FollowingMarks } from './FollowingMarks.tsx';
import { titleOf } from './newAssignmentStore.ts';
import { QuestionsEditor } from './QuestionsEditor.tsx';
import { type QuestionMarks, useAssignmentDraft } from './useAssignmentDraft.ts';

interface Props {
	assignment: Assignment;
	/** The question that is shown first. */
	questionId?: string | null;
	onClose: () => void;
}

/** Shows the questions with their keys, checks and rubrics, and what is said about the assignment, and lets them be changed. */
export function EditAssignmentDialog({ assignment, questionId = null, onClose }: Props) {
	const { t } = useTranslation('grading');
	const titleId = useId();
	const draft = useAssignmentDraft(assignment);
	const [tab, setTab] = useState<'questions' | 'about'>('questions');
	const [chosen, setChosen] = useState(() =>
		Math.max(
			0,
			assignment.questions.findIndex(({ id }) => id === questionId),
		),
	);
	const [isLeaving, setLeaving] = useState(false);
	const isHeld = isJobActive(assignment.job?.state);
	const close = () => (draft.isChanged ? setLeaving(true) : onClose());
	const [following, setFollowing] = useState<QuestionMarks[]>([]);
	const save = async () => {
		setFollowing([]);
		if (await draft.save()) onClose();
	};
	const saveOrAsk = async () => {
		const marks = await draft.marksAfter();
		if (marks === null) return;
		if (marks.length > 0) setFollowing(marks);
		else await save();
	};
	return (
		<Dialog open onClose={close} fullWidth maxWidth="md" aria-labelledby={titleId}>
			<DialogTitle id={titleId}>{t('edit.title')}</DialogTitle>
			<DialogContent sx={{ height: '80vh' }}>
				<Tabs value={tab} onChange={(_event, next: 'questions' | 'about') => setTab(next)} sx={{ mb: 2, borderBottom: 1, borderColor: 'divider' }}>
					<Tab value="questions" label={t('edit.questions')} />
					<Tab value="about" label={t('edit.about')} />
				</Tabs>
				{tab === 'questions' ? (
					<>
						<Typography sx={{ color: isHeld ? 'warning.main' : 'text.secondary', mb: 2 }}>{t(isHeld ? 'edit.held' : 'edit.text')}</Typography>
						<QuestionsEditor
							questions={draft.questions}
							about={draft.fields}
							chosen={chosen}
							onChoose={setChosen}
							onChange={draft.changeQuestion}
							onPointsOfAll={draft.setPointsOfAll}
						/>
					</>
				) : (
					<AssignmentFieldsForm fields={draft.fields} onChange={draft.changeFields} titlePlaceholder={titleOf(draft.fields, draft.questions)} />
				)}
			</DialogContent>
			<ErrorNotice error={draft.error} sx={{ mx: 3, mt: 2 }} />
			<DialogActions>
				<Button color="inherit" onClick={close}>
					{t('edit.cancel')}
				</Button>
				<Button variant="contained" loading={draft.isSaving} disabled={!draft.isReady || (isHeld && draft.isQuestionChanged)} onClick={() => void saveOrAsk()}>
					{t('edit.save')}
				</Button>
			</DialogActions>
			<ConfirmDialog
				open={following.length > 0}
				title={t('edit.marks.title')}
				confirmLabel={t('edit.marks.confirm')}
				cancelLabel={t('edit.stay')}
				onConfirm={save}
				onClose={() => setFollowing([])}
			>
				<FollowingMarks following={following} />
			</ConfirmDialog>
			<ConfirmDialog
				open={isLeaving}
				title={t('edit.leaveTitle')}
				confirmLabel={t('edit.leave')}
				cancelLabel={t('edit.stay')}
				isDestructive
				onConfirm={onClose}
				onClose={() => setLeaving(false)}
			>
				<Typography>{t('edit.leaveText')}</Typography>
			</ConfirmDialog>
		</Dialog>
	);
}
