import { create } from 'zustand';
import type { Answer, Marker } from '#contract/grading.ts';
import type { DeskFilter, DeskOrder } from './arrangeDesk.ts';
import type { Calibration } from './calibration.ts';

/** The chosen levels by their criteria. */
export type ChosenLevels = Readonly<Record<string, string>>;

/** What was said of an answer and is not kept yet. */
export interface MarkDraft {
	levels: ChosenLevels;
	/** Typed before there were points to keep it with. */
	feedback?: string | undefined;
	/** Typed as points that cannot be, such as more than the question has. */
	points?: string | undefined;
}

interface DeskState {
	/** The one that is on it, or was last. */
	assignmentId: string | null;
	/** All students' answers to one question, or all answers of one student after another. */
	view: 'question' | 'student';
	/** The question on the desk; null: the first. */
	questionId: string | null;
	filter: DeskFilter;
	order: DeskOrder;
	/** The answer in the middle; where it is not on the desk, that of the same student; null: the first. */
	selected: { answerId: string; submissionId: string } | null;
	/** The criterion that a digit chooses a level of; null: the first. */
	criterionId: string | null;
	/** The criterion whose evidence is lit because it is pointed at. */
	pointedId: string | null;
	/** The field of the mark that is being edited; `typed` is the digit that began it. */
	editing: { answerId: string; field: 'points' | 'feedback'; typed: string } | null;
	/** Also where the assignment is marked blind. */
	namesShown: boolean;
	marker: Marker;
	/** By `draftKey`: not all criteria have a level, or the app has not answered. */
	drafts: Readonly<Record<string, MarkDraft>>;
	open: 'keys' | 'history' | 'accept' | null;
	/** Set while drawn answers are marked before their proposals are seen. */
	calibration: Calibration | null;
}

const untouched: DeskState = {
	assignmentId: null,
	view: 'question',
	questionId: null,
	filter: 'all',
	order: 'doubt',
	selected: null,
	criterionId: null,
	pointedId: null,
	editing: null,
	namesShown: false,
	marker: 'first',
	drafts: {},
	open: null,
	calibration: null,
};
/** What ends when another answer is looked at. */
const lookedAway = { criterionId: null, pointedId: null, editing: null } as const;

/** How the desk is looked at: what the teacher filtered, sorted, chose and is editing. Nothing of it leaves the page. */
export const useDesk = create<DeskState>(() => untouched);

/** Puts an answer in the middle. */
export function select({ id, submissionId }: Pick<Answer, 'id' | 'submissionId'>): void {
	useDesk.setState({ selected: { answerId: id, submissionId }, ...lookedAway });
}

/** Looks at the class by question or by student; the same student stays in the middle. */
export function setView(view: DeskState['view']): void {
	useDesk.setState(({ selected }) => ({ view, calibration: null, selected: selected && { ...selected, answerId: '' }, ...lookedAway }));
}

/** Puts the answers to a question on the desk, the first of them in the middle. */
export function chooseQuestion(questionId: string): void {
	useDesk.setState({ view: 'question', questionId, calibration: null, selected: null, ...lookedAway });
}

/** Makes a criterion the one that a digit chooses a level of. */
export function chooseCriterion(criterionId: string): void {
	useDesk.setState({ criterionId });
}

/** Lights the evidence of a criterion; null lets it be the current one's again. */
export function pointAt(criterionId: string | null): void {
	useDesk.setState({ pointedId: criterionId });
}

/** Opens a field of the mark of an answer for editing, begun with a digit where one was typed. */
export function edit({ id, submissionId }: Pick<Answer, 'id' | 'submissionId'>, field: 'points' | 'feedback', typed = ''): void {
	useDesk.setState({ selected: { answerId: id, submissionId }, editing: { answerId: id, field, typed } });
}

/** Ends the editing of a mark. */
export function endEdit(): void {
	useDesk.setState({ editing: null });
}

/** Shows only what passes a filter. */
export function setFilter(filter: DeskFilter): void {
	useDesk.setState({ filter });
}

/** Sorts what is shown. */
export function setOrder(order: DeskOrder): void {
	useDesk.setState({ order });
}

/** Shows names where the assignment is marked blind, or numbers again. */
export function showNames(namesShown: boolean): void {
	useDesk.setState(({ order }) => ({ namesShown, order: order === 'name' ? 'doubt' : order }));
}

/** Says who marks: the first marker, or a second one who sees neither proposals nor the first one's marks. */
export function setMarker(marker: Marker): void {
	useDesk.setState({ marker, filter: 'all', open: null, ...lookedAway });
}

/** Opens one of the desk's dialogs or its bar, and closes it with null. */
export function openOnDesk(open: DeskState['open']): void {
	useDesk.setState({ open });
}

/** Puts drawn answers on the desk, to be marked before their proposals are seen. */
export function beginCalibration(calibration: Calibration): void {
	useDesk.setState({
		calibration,
		view: 'question',
		questionId: calibration.questionId,
		filter: 'all',
		marker: 'first',
		selected: null,
		open: null,
		...lookedAway,
	});
}

/** Puts all answers on the desk again. */
export function endCalibration(): void {
	useDesk.setState({ calibration: null });
}

/** Under what the levels are kept that a marker chose of an answer. */
export function draftKey(marker: Marker, answerId: string): string {
	return `${marker} ${answerId}`;
}

/** Keeps what was said of an answer until the app has it; null forgets it. */
export function setDraft(key: string, draft: MarkDraft | null): void {
	useDesk.setState(({ drafts: { [key]: _old, ...others } }) => ({ drafts: draft === null ? others : { ...others, [key]: draft } }));
}

/** Puts the desk back as it is when an assignment is first opened; one that was on it last is as it was left. What waits to be kept waits on. */
export function layDesk(assignmentId: string): void {
	const { drafts, ...before } = useDesk.getState();
	const { open, calibration, namesShown } = untouched;
	useDesk.setState(before.assignmentId === assignmentId ? { open, calibration, namesShown, ...lookedAway } : { ...untouched, drafts, assignmentId });
}
