import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment, Question } from '#contract/grading.ts';
import { notify } from '../../ui/notify.ts';
import { canTakeOver, seenProposal } from './arrangeDesk.ts';
import { acceptProposal, chooseLevel, undoLast } from './deskActs.ts';
import { type DeskKey, deskKey } from './deskKey.ts';
import { chooseCriterion, chooseQuestion, edit, openOnDesk, select, setView, showNames, useDesk } from './deskStore.ts';
import { useGrading } from './gradingStore.ts';

interface DeskInSight {
	assignment: Assignment;
	shown: readonly Answer[];
	selected: Answer | null;
	/** That of the selected answer. */
	question: Question | null;
}

/** Lets the keyboard work the desk, wherever on the page it is but in fields, menus and dialogs. */
export function useDeskKeys({ assignment, shown, selected, question }: DeskInSight): void {
	const { t } = useTranslation('grading');
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.altKey || event.isComposing || isForControl(event)) return;
			const wish = deskKey(event.key, event.ctrlKey || event.metaKey);
			if (wish === null) return;
			event.preventDefault();
			if (wish.kind === 'undo') void undoLast().then((isUndone) => notify(t(isUndone ? 'desk.undone' : 'desk.nothingToUndo')));
			else fulfil(wish, { assignment, shown, selected, question });
		};
		window.addEventListener('keydown', onKeyDown);
		return () => window.removeEventListener('keydown', onKeyDown);
	}, [assignment, shown, selected, question, t]);
}

/** Does what a key asks of the desk. */
export function fulfil(wish: Exclude<DeskKey, { kind: 'undo' }>, desk: DeskInSight): void {
	const { view, namesShown } = useDesk.getState();
	const { selected, question, assignment } = desk;
	if (wish.kind === 'help') openOnDesk('keys');
	else if (wish.kind === 'view' && assignment.questions.length > 1) setView(view === 'question' ? 'student' : 'question');
	else if (wish.kind === 'names' && assignment.blind) showNames(!namesShown);
	else if (wish.kind === 'page') turnPage(desk, wish.by);
	else if (selected && question) fulfilFor(wish, selected, question, desk.shown);
}

function fulfilFor(wish: DeskKey, selected: Answer, question: Question, shown: readonly Answer[]): void {
	const { marker } = useDesk.getState();
	// Else a button that was pressed before keeps the keyboard, and Enter presses it again instead of opening the points.
	if (wish.kind !== 'edit') document.getElementById('desk')?.focus({ preventScroll: true });
	if (wish.kind === 'move') move(shown, selected, wish.by);
	else if (wish.kind === 'criterion') moveCriterion(question, wish.by);
	else if (wish.kind === 'edit') edit(selected, wish.field);
	else if (wish.kind === 'digit') digitPressed(selected, question, wish.digit);
	else if (wish.kind === 'accept' && seenProposal(selected, marker)) acceptAndGoOn(shown, selected, question);
}

/** With a rubric a digit chooses that level of the current criterion and goes to the next one; without one, and with 0, it begins the points. */
function digitPressed(selected: Answer, question: Question, digit: number): void {
	const { criterionId, marker } = useDesk.getState();
	const { rubric } = question;
	const at = Math.max(
		0,
		rubric.findIndex(({ id }) => id === criterionId),
	);
	const criterion = rubric[at];
	if (!criterion || digit === 0) {
		edit(selected, 'points', String(digit));
		return;
	}
	const level = criterion.levels[digit - 1];
	if (!level) return;
	void chooseLevel(question, selected, marker, criterion.id, level.id);
	chooseCriterion((rubric[at + 1] ?? criterion).id);
}

/** Takes the proposal over, where there is no mark of one's own, and looks at the next answer at once; should it not be kept, it is looked at again. */
function acceptAndGoOn(shown: readonly Answer[], answer: Answer, question: Question): void {
	if (answer.proposal?.isOutdated && answer.mark === null) return;
	move(shown, answer, 1);
	if (!canTakeOver(answer)) return;
	void acceptProposal(question, answer).then((isKept) => {
		if (!isKept) select(answer);
	});
}

/** Looks at the answer so many places further, or at the last one on that side. One that is not on the list any more stands before the first. */
export function move(shown: readonly Answer[], selected: Answer, by: number): void {
	const from = shown.findIndex(({ id }) => id === selected.id);
	const to = shown[Math.max(0, Math.min(shown.length - 1, from + by))];
	if (to) select(to);
}

function moveCriterion({ rubric }: Question, by: 1 | -1): void {
	const at = Math.max(
		0,
		rubric.findIndex(({ id }) => id === useDesk.getState().criterionId),
	);
	const to = rubric[at + by];
	if (to) chooseCriterion(to.id);
}

/** By question to the next question, by student to the next student. */
function turnPage({ assignment, shown, selected }: DeskInSight, by: 1 | -1): void {
	if (useDesk.getState().view === 'question') {
		const { questionId } = useGrading.getState();
		const to = assignment.questions[assignment.questions.findIndex(({ id }) => id === questionId) + by];
		if (to) chooseQuestion(to.id);
		return;
	}
	if (!selected) return;
	const students = [...new Set(shown.map(({ submissionId }) => submissionId))];
	const student = students[students.indexOf(selected.submissionId) + by];
	const to = shown.find(({ submissionId }) => submissionId === student);
	if (to) select(to);
}

function isForControl({ target, key }: KeyboardEvent): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.closest('#desk')) return false;
	if (target.closest('input, textarea, [contenteditable], [role="menu"], [role="listbox"], [role="combobox"], [role="dialog"]')) return true;
	return key === 'Enter' && target.closest('button, a, summary') !== null;
}
