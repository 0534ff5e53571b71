import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Added } from '#contract/addition.ts';
import type { Assignment } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { usePickedModel } from '../../rpc/usePickedModel.ts';
import { useFormat } from '../../ui/format.ts';
import { notify, notifyError } from '../../ui/notify.ts';
import { AdditionFigures } from './AdditionFigures.tsx';
import { AdditionForm, countReplaced } from './AdditionForm.ts';
import { AdditionNotes } from './AdditionNotes.tsx';
import { AnswerDifferences } from './AnswerDifferences.tsx';
import { forgetActs } from './deskActs.ts';
import { PlacesFields } from './PlacesFields.tsx';
import { TableImport } from './TableImport.tsx';

/** Takes answers that are added to a class, in a table or in files, and shows what that would do before it is done. One press takes it back. */
export function AddAnswersDialog({ assignment, onClose }: { assignment: Assignment; onClose: () => void }) {
	const { t } = useTranslation('grading');
	const titleId = useId();
	const format = useFormat();
	const [form] = useState(() => new AdditionForm(assignment.id));
	const { model } = usePickedModel(assignment);
	const modelId = model?.id ?? null;
	const preview = form.use((state) => state.preview);
	const places = form.use((state) => state.places);
	const compared = form.use((state) => state.compared);
	const isAdding = form.use((state) => state.isAdding);
	const isUntouched = form.use((state) => state.source === null);
	const replaced = form.use(countReplaced);
	const isHeld = isJobActive(assignment.job?.state) && assignment.job?.state !== 'paused';
	// biome-ignore lint/correctness/useExhaustiveDependencies: with each of these what adding would do is another thing
	useEffect(() => {
		if (preview !== null) void form.compare(modelId);
	}, [form, preview, places, modelId]);
	useEffect(() => () => form.close(), [form]);
	const isSomething = compared !== null && compared.newStudents + compared.filled + replaced > 0;
	const add = async () => {
		const added = await form.add();
		if (added === null) return;
		// What was done before may be about what an answer does not say any more.
		forgetActs();
		onClose();
		notify(wordsOf(added), () => client.grading.takeBackAdded({ assignmentId: assignment.id, additionId: added.additionId }).catch(notifyError));
	};
	const wordsOf = ({ newStudents, filled, replaced: others }: Added) =>
		t('add.done', { students: format.number(newStudents), filled: format.number(filled), replaced: format.number(others) });
	return (
		<Dialog open onClose={(_event, reason) => (reason === 'escapeKeyDown' || isUntouched) && onClose()} fullWidth maxWidth="md" aria-labelledby={titleId}>
			<DialogTitle id={titleId}>{t('add.title')}</DialogTitle>
			<DialogContent>
				<Stack sx={{ gap: 3 }}>
					<Typography sx={{ color: isHeld ? 'warning.main' : 'text.secondary' }}>{t(isHeld ? 'add.held' : 'add.text')}</Typography>
					<TableImport intake={form.answers} />
					{preview !== null && preview.questions.length > 0 && <PlacesFields form={form} assignment={assignment} questions={preview.questions} />}
					{compared !== null && <AdditionNotes assignment={assignment} compared={compared} />}
					{compared !== null && compared.differ > 0 && <AnswerDifferences form={form} assignment={assignment} compared={compared} />}
				</Stack>
			</DialogContent>
			{compared !== null && <AdditionFigures form={form} compared={compared} />}
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{t('edit.cancel')}
				</Button>
				<Button variant="contained" loading={isAdding} disabled={isHeld || !isSomething} onClick={() => void add()}>
					{t('add.do')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
