import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Marker, Question } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { notify, notifyAct } from '../../ui/notify.ts';
import { addUpLevels } from './addUpLevels.ts';
import { ownMark, seenProposal } from './arrangeDesk.ts';
import { CommentPicker } from './CommentPicker.tsx';
import { keepMark, removeMark, undoLast } from './deskActs.ts';
import { type ChosenLevels, draftKey, edit, endEdit, type MarkDraft, setDraft } from './deskStore.ts';
import { parseMark } from './parseMark.ts';
import { Suggestions } from './Suggestions.tsx';

interface Props {
	/** What the fields show: with another they begin anew. */
	shown: string;
	answer: Answer;
	question: Question;
	marker: Marker;
	levels: ChosenLevels;
	/** What stands for the answer now. */
	points: number | null;
	draft: MarkDraft | null;
	/** Set while a field is edited by the keyboard: which, and the digit that began it, if one did. */
	editing: { field: 'points' | 'feedback'; typed: string } | null;
}

/** The mark: points and feedback. It is kept when the fields are left, where it has points of the teacher's, or by Enter in the points and Ctrl+Enter in the feedback; Escape leaves the fields as a click elsewhere does. */
export function MarkEditor({ shown, answer, question, marker, levels, points: kept, draft, editing }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const mark = ownMark(answer, marker);
	const proposal = seenProposal(answer, marker);
	const keptFeedback = mark?.feedback ?? proposal?.feedback ?? '';
	const begun = editing?.field === 'points' && editing.typed !== '' ? editing.typed : null;
	const waiting = begun ?? draft?.points ?? null;
	const [typed, setTyped] = useState<string | null>(waiting);
	const [feedback, setFeedback] = useState(draft?.feedback ?? keptFeedback);
	const of = `${answer.id} ${marker}`;
	const [filled, setFilled] = useState({ shown, of, feedback: keptFeedback, isOvertaken: false });
	/** What was handed over to be kept last: what comes back of it is nobody else's. */
	const handedOver = useRef<string | null>(null);
	// Not by a key: making the fields themselves anew for each answer was half of what a step through the class took.
	if (filled.shown !== shown) {
		// Another window's mark does not take away what is being written here.
		const isWriting = filled.of === of && feedback !== filled.feedback && feedback !== keptFeedback;
		const isOvertaken = isWriting && (filled.isOvertaken || (keptFeedback !== filled.feedback && keptFeedback !== handedOver.current));
		setFilled({ shown, of, feedback: keptFeedback, isOvertaken });
		setTyped(waiting);
		if (!isWriting) setFeedback(draft?.feedback ?? keptFeedback);
	}
	const pointsField = useRef<HTMLInputElement>(null);
	const feedbackField = useRef<HTMLTextAreaElement>(null);
	/** The editing has been ended by a key or a button: the leaving of the field that follows says nothing more. */
	const isDone = useRef(false);
	const boundsId = useId();
	const sum = addUpLevels(question.rubric, levels, question.points);
	const shownPoints = typed ?? (kept === null ? '' : String(kept));
	const parsed = parseMark(shownPoints, question.points);
	const isWrong = parsed === null && shownPoints.trim() !== '';
	// What the model wrote for other points would tell a student what the teacher does not say.
	const isLeftOver = mark !== null && proposal !== null && mark.points !== proposal.points && feedback !== '' && feedback === proposal.feedback;
	// Words alone settle nothing: points that the model proposed are the teacher's only when they are accepted, chosen or typed.
	const isSettled = mark !== null || typed !== null || Object.keys(draft?.levels ?? {}).length > 0;
	const isChanged = parsed !== kept || feedback !== keptFeedback || draft?.points !== undefined;

	useEffect(() => {
		if (editing === null) return;
		const field = editing.field === 'points' ? pointsField.current : feedbackField.current;
		field?.focus();
		// A digit that was typed is the beginning of the new points; without one the old ones are ready to be typed over.
		if (editing.field === 'points' && editing.typed === '') pointsField.current?.select();
	}, [editing]);

	const save = async (): Promise<boolean> => {
		if (parsed === null) return false;
		handedOver.current = feedback;
		return keepMark(question, answer, marker, { points: parsed === sum ? null : parsed, feedback });
	};
	const saveNow = useRef(save);
	saveNow.current = async () => isChanged && parsed !== null && isSettled && !filled.isOvertaken && save();
	useEffect(() => {
		// Whoever closes or reloads the page leaves the fields without a blur.
		const onHide = () => void saveNow.current();
		window.addEventListener('pagehide', onHide);
		return () => window.removeEventListener('pagehide', onHide);
	}, []);
	const finish = async () => {
		isDone.current = true;
		const saving = save();
		// Before the mark comes back: with it these fields begin anew, which while editing would begin again with the first digit alone.
		close();
		if (await saving) return;
		setDraft(draftKey(marker, answer.id), { levels: draft?.levels ?? {}, feedback });
		edit(answer, editing?.field ?? 'points', shownPoints);
	};
	const cancel = () => {
		isDone.current = true;
		setTyped(null);
		setFeedback(keptFeedback);
		setFilled({ ...filled, isOvertaken: false });
		if (draft) setDraft(draftKey(marker, answer.id), { levels: draft.levels });
		close();
	};
	const leave = (event: FocusEvent) => {
		// Going from field to field is no leaving, and leaving with nothing changed settles nothing.
		if (isDone.current || !isChanged || event.currentTarget.contains(event.relatedTarget)) return;
		// The comments are chosen for the fields, so that going there is no leaving either.
		if (event.relatedTarget?.closest('[role="dialog"]')) return;
		const isBack = parsed === kept && feedback === keptFeedback;
		if (parsed !== null && isSettled && !isBack && !filled.isOvertaken) void save();
		else {
			setDraft(draftKey(marker, answer.id), {
				levels: draft?.levels ?? {},
				...(feedback !== keptFeedback && { feedback }),
				...(isWrong && { points: shownPoints }),
			});
			if (isWrong) notify(t('mark.notKept', { typed: shownPoints.trim(), outOf: format.number(question.points, 2) }));
		}
	};
	const onKeyDown = (event: KeyboardEvent) => {
		// Keys that are pressed in the comments belong to them.
		if (event.nativeEvent.isComposing || !(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
		const isSaving = event.key === 'Enter' && (event.target === pointsField.current || event.ctrlKey || event.metaKey);
		if (event.key === 'Escape') {
			event.target instanceof HTMLElement && event.target.blur();
			close();
		}
		if (!isSaving || parsed === null) return;
		event.preventDefault();
		void finish();
	};
	const pick = (text: string) => {
		const before = feedback.trimEnd();
		const joined = before === '' ? text : `${before}\n${text}`;
		setFeedback(joined);
		// What is picked is kept at once where there are points to keep it with, as what is typed is; else it waits.
		if (parsed !== null && isSettled) void keepMark(question, answer, marker, { points: parsed === sum ? null : parsed, feedback: joined });
		else setDraft(draftKey(marker, answer.id), { levels: draft?.levels ?? {}, feedback: joined });
	};
	const clear = async () => {
		if (await removeMark(answer, marker)) notifyAct(t('mark.cleared'), async () => void (await undoLast()));
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
				<Typography variant="h2">{t(mark === null && proposal !== null ? 'mark.proposedTitle' : 'mark.title')}</Typography>
				{mark !== null && editing === null && (
					<Button size="small" color="inherit" onClick={() => void clear()}>
						{t('mark.clear')}
					</Button>
				)}
			</Box>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
				<TextField
					label={t('mark.points')}
					value={shownPoints}
					error={isWrong}
					inputRef={pointsField}
					onChange={(event) => setTyped(event.target.value)}
					slotProps={{ htmlInput: { inputMode: 'decimal', autoComplete: 'off', 'aria-describedby': boundsId }, inputLabel: { shrink: true } }}
					sx={{ width: 96 }}
				/>
				<Typography id={boundsId} sx={{ color: isWrong ? 'error.main' : 'text.secondary' }}>
					{t(isWrong ? 'mark.pointsWrong' : 'mark.of', { outOf: format.number(question.points, 2) })}
				</Typography>
			</Box>
			{mark !== null && question.rubric.length > 0 && Object.keys(mark.levels).length === 0 && (
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{t('mark.departs')}
				</Typography>
			)}
			<TextField
				label={t('mark.feedback')}
				multiline
				helperText={
					filled.isOvertaken
						? t('mark.overtaken', { points: format.number(mark?.points ?? 0, 2), feedback: keptFeedback })
						: isLeftOver
							? t('mark.leftOver', { points: format.number(proposal.points, 2), outOf: format.number(proposal.outOf, 2) })
							: draft?.feedback !== undefined && mark === null && t('mark.waits')
				}
				value={feedback}
				inputRef={feedbackField}
				onChange={(event) => setFeedback(event.target.value)}
				// The browser itself lets it grow: measuring the text for each answer takes longer than drawing all else.
				slotProps={{ input: { inputComponent: 'textarea' }, htmlInput: { dir: 'auto', maxLength: 20_000, rows: 3 }, inputLabel: { shrink: true } }}
				sx={{ '& textarea': { fieldSizing: 'content', minHeight: '3lh', maxHeight: '12lh', overflow: 'auto' } }}
			/>
			<CommentPicker feedback={feedback} onPick={pick} />
			{(editing !== null || typed !== null || filled.isOvertaken) && (
				<Box sx={{ display: 'flex', gap: 1 }}>
					<Button variant="contained" size="small" disabled={parsed === null} onClick={() => void finish()}>
						{t('mark.save')}
					</Button>
					<Button size="small" color="inherit" onClick={cancel}>
						{t('mark.cancel')}
					</Button>
				</Box>
			)}
			{proposal && <Suggestions suggestions={proposal.suggestions} />}
		</Box>
	);
}

/** Ends the editing and gives the keyboard back to the list. */
function close(): void {
	endEdit();
	document.getElementById('desk')?.focus({ preventScroll: true });
}
