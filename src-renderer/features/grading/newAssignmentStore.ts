import { create } from 'zustand';
import type { Assignment, AssignmentFields, TablePreview } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { AnswerIntake, emptyIntake, type IntakeFields, type IntakeState } from './AnswerIntake.ts';
import { followQuestions, type Questions } from './followQuestions.ts';
import { isUntouched, newQuestion, type QuestionDraft, readQuestion, unheaded } from './questionDraft.ts';

export interface NewAssignmentState extends Questions, IntakeState {
	fields: AssignmentFields;
	/** The place of the question that is being written. */
	chosen: number;
	isSaving: boolean;
	/** The class that the table named, where it is what stands in the form; empty where it is not. */
	foundClass: string;
}

const emptyForm: NewAssignmentState = {
	fields: { title: '', className: '', subject: '', gradeLevel: '', feedbackLanguage: 'auto', blind: true },
	questions: [newQuestion(unheaded)],
	putAway: [],
	chosen: 0,
	...emptyIntake,
	isSaving: false,
	foundClass: '',
};

/** The form for a new assignment. It outlives its screen, so that a look elsewhere loses nothing. */
export const useNewAssignment = create<NewAssignmentState>(() => emptyForm);

const intake = new AnswerIntake({ store: useNewAssignment, onPreview: takePreview });

/** What the fields of the answers need. What was written about questions stays when another table is taken. */
export const newAnswers: IntakeFields = {
	use: useNewAssignment,
	setSource: (source) => intake.setSource(source),
	readWith: (choice) => intake.readWith(choice),
};

/** Changes what is said about the assignment. */
export function setFields(change: Partial<AssignmentFields>): void {
	useNewAssignment.setState(({ fields }) => ({ fields: { ...fields, ...change } }));
}

/** Changes the question at a place. */
export function setQuestion(at: number, change: (draft: QuestionDraft) => QuestionDraft): void {
	useNewAssignment.setState(({ questions }) => ({ questions: questions.map((draft, place) => (place === at ? change(draft) : draft)) }));
}

/** Gives every question the points of one. */
export function setPointsOfAll(points: number): void {
	useNewAssignment.setState(({ questions }) => ({ questions: questions.map((draft) => ({ ...draft, points })) }));
}

/** Chooses the question that is written on. */
export function chooseQuestion(chosen: number): void {
	useNewAssignment.setState({ chosen });
}

/** Makes the assignment and empties the form; null when it failed, with the reason in `error` and the form as it was. */
export async function createAssignment(): Promise<Assignment | null> {
	const { fields, questions } = useNewAssignment.getState();
	const { order } = intake;
	const read = questions.map(readQuestion).filter((question) => question !== null);
	if (order === null || read.length < questions.length) return null;
	useNewAssignment.setState({ isSaving: true, error: null });
	try {
		const made = { fields: { ...fields, title: titleOf(fields, questions) }, questions: read };
		const assignment = await intake.send(order.source, (source) => client.grading.create({ ...made, ...order, source }));
		clearForm();
		return assignment;
	} catch (error) {
		useNewAssignment.setState({ isSaving: false, error });
		return null;
	}
}

/** Whether nothing was typed or chosen yet. */
export function isFormUntouched({ source, fields, questions }: NewAssignmentState): boolean {
	return source === null && questions.every(isUntouched) && JSON.stringify(fields) === JSON.stringify(emptyForm.fields);
}

/** Empties the form. What is returned puts everything back as it was. */
export function clearForm(): () => void {
	intake.stop();
	const before = useNewAssignment.getState();
	useNewAssignment.setState(emptyForm);
	return () => {
		// What is being read for the form that was filled in since.
		intake.stop();
		useNewAssignment.setState({ ...before, isReading: false, progress: null });
	};
}

/** What of the form can be kept beyond the page: all but files, which are chosen again. */
export type FormDraft = Pick<NewAssignmentState, 'fields' | 'questions' | 'putAway' | 'chosen' | 'foundClass'> & {
	/** The table that was pasted, and how it is to be read. */
	table: (Pick<NewAssignmentState, 'encoding' | 'delimiter' | 'sheet' | 'headerRow' | 'mapping'> & { text: string }) | null;
};

export function draftOfForm(state: NewAssignmentState): FormDraft {
	const { fields, questions, putAway, chosen, foundClass, source, encoding, delimiter, sheet, headerRow, mapping } = state;
	const table = source !== null && 'text' in source ? { text: source.text, encoding, delimiter, sheet, headerRow, mapping } : null;
	return { fields, questions, putAway, chosen, foundClass, table };
}

/** Puts a draft into the form, and reads its table. */
export function restoreForm({ table, ...written }: FormDraft): void {
	const { text, ...reading } = table ?? {};
	useNewAssignment.setState({ ...emptyForm, ...written, ...reading, ...(text !== undefined && { source: { text } }) });
	void intake.read();
}

/** The assignment's title: the one that was typed, else the beginning of the first question. */
export function titleOf(fields: Pick<AssignmentFields, 'title'>, questions: readonly Pick<QuestionDraft, 'text'>[]): string {
	const typed = fields.title.trim();
	if (typed !== '') return typed;
	const line = (questions.find(({ text }) => text.trim() !== '')?.text ?? '').trim().split('\n', 1)[0] ?? '';
	return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}

/** The questions follow from what was read; where nothing is, they stay. */
function takePreview(preview: TablePreview | null): void {
	const state = useNewAssignment.getState();
	if (preview === null) {
		useNewAssignment.setState(nameClass(state, []));
		return;
	}
	const next = followQuestions(state, preview.questions);
	useNewAssignment.setState({ ...next, chosen: Math.min(state.chosen, next.questions.length - 1), ...nameClass(state, preview.classes) });
}

/** The one class that a table names goes into the form, unless the teacher wrote another; it leaves with its table. */
function nameClass({ fields, foundClass }: NewAssignmentState, classes: readonly string[]): Partial<NewAssignmentState> {
	if (fields.className !== foundClass) return { foundClass: '' };
	const className = classes.length === 1 ? (classes[0] ?? '').slice(0, 100) : '';
	return { foundClass: className, fields: { ...fields, className } };
}
