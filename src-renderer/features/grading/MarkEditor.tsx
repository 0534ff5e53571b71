import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Submission } from '#contract/grading.ts';
import { notify } from '../../ui/notify.ts';
import { endEdit } from './deskStore.ts';
import { clearMark, setMark } from './gradingStore.ts';
import { parseScore } from './parseScore.ts';

interface Props {
	submission: Submission;
	/** Set while the teacher edits: the digit that began it, if one did. */
	editing: { typed: string } | null;
}

/** The teacher's own mark. It is kept when a field is left or Enter is pressed in the score; Escape leaves it as it was. */
export function MarkEditor({ submission, editing }: Props) {
	const { t } = useTranslation('grading');
	const { mark, proposal } = submission;
	const kept = { score: mark?.score ?? proposal?.score ?? null, feedback: mark?.feedback ?? proposal?.feedback ?? '' };
	const [score, setScore] = useState(editing?.typed || String(kept.score ?? ''));
	const [feedback, setFeedback] = useState(kept.feedback);
	const scoreField = useRef<HTMLInputElement>(null);
	/** The editing has been ended by a key or a button: the leaving of the field that follows says nothing more. */
	const isDone = useRef(false);
	const parsed = parseScore(score);
	const isWrong = parsed === null && score !== '';
	const boundsId = useId();
	const isChanged = parsed !== kept.score || feedback !== kept.feedback;

	useEffect(() => {
		if (editing === null) return;
		scoreField.current?.focus();
		// A digit that was typed is the beginning of the new score; without one the old score is ready to be typed over.
		if (editing.typed === '') scoreField.current?.select();
	}, [editing]);

	const save = async (): Promise<boolean> => parsed !== null && (await setMark(submission.id, parsed, feedback));
	const finish = async () => {
		isDone.current = true;
		if (await save()) close();
		else isDone.current = false;
	};
	const cancel = () => {
		isDone.current = true;
		setScore(String(kept.score ?? ''));
		setFeedback(kept.feedback);
		close();
	};
	const leave = (event: FocusEvent) => {
		// Going from field to field is no leaving, and leaving with nothing changed settles nothing.
		if (!isDone.current && isChanged && !event.currentTarget.contains(event.relatedTarget)) void save();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.nativeEvent.isComposing) return;
		const isSaving = event.key === 'Enter' && (event.target === scoreField.current || event.ctrlKey || event.metaKey);
		if (event.key === 'Escape') cancel();
		if (!isSaving || parsed === null) return;
		event.preventDefault();
		void finish();
	};
	const clear = async () => {
		if (mark === null || !(await clearMark(submission.id))) return;
		endEdit();
		notify(t('mark.cleared'), async () => {
			await setMark(submission.id, mark.score, mark.feedback);
		});
	};
	return (
		<Box
			component="section"
			aria-label={t('mark.title')}
			onFocus={() => {
				isDone.current = false;
			}}
			onBlur={leave}
			onKeyDown={onKeyDown}
			sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}
		>
			<Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 1, minHeight: 30 }}>
				<Typography variant="h2">{t('mark.title')}</Typography>
				{mark !== null && editing === null && (
					<Button size="small" color="inherit" onClick={() => void clear()}>
						{t('mark.clear')}
					</Button>
				)}
			</Box>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
				<TextField
					label={t('mark.score')}
					value={score}
					error={isWrong}
					inputRef={scoreField}
					onChange={(event) => setScore(event.target.value)}
					slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off', 'aria-describedby': boundsId }, inputLabel: { shrink: true } }}
					sx={{ width: 96 }}
				/>
				<Typography id={boundsId} sx={{ color: isWrong ? 'error.main' : 'text.secondary' }}>
					{t(isWrong ? 'mark.scoreWrong' : 'mark.of')}
				</Typography>
			</Box>
			<TextField
				label={t('mark.feedback')}
				multiline
				minRows={3}
				maxRows={12}
				value={feedback}
				onChange={(event) => setFeedback(event.target.value)}
				slotProps={{ htmlInput: { dir: 'auto', maxLength: 20_000 }, inputLabel: { shrink: true } }}
			/>
			{editing !== null && (
				<Box sx={{ display: 'flex', gap: 1 }}>
					<Button variant="contained" size="small" disabled={parsed === null} onClick={() => void finish()}>
						{t('mark.save')}
					</Button>
					<Button size="small" color="inherit" onClick={cancel}>
						{t('mark.cancel')}
					</Button>
				</Box>
			)}
		</Box>
	);
}

/** Ends the editing and gives the keyboard back to the table. */
function close(): void {
	endEdit();
	document.getElementById('desk')?.focus({ preventScroll: true });
}
