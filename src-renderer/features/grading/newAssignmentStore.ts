import { create } from 'zustand';
import type { AnswerMapping } from '#contract/answerMapping.ts';
import { isFailure } from '#contract/errors.ts';
import type { Assignment, AssignmentFields, TablePreview } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { followQuestions, type Questions } from './followQuestions.ts';
import { isUntouched, newQuestion, type QuestionDraft, readQuestion, unheaded } from './questionDraft.ts';
import { sendPile } from './sendPile.ts';
import type { AnswerFile, AnswerSource } from './sourceOfFiles.ts';

export interface NewAssignmentState extends Questions {
	fields: AssignmentFields;
	/** The place of the question that is being written. */
	chosen: number;
	source: AnswerSource | null;
	/** What the teacher chose in place of what was detected. */
	encoding: string | null;
	delimiter: string | null;
	sheet: string | null;
	headerRow: number | null;
	mapping: AnswerMapping | null;
	preview: TablePreview | null;
	isReading: boolean;
	/** How many of the files are sent to the app, and then read by it. */
	progress: { stage: 'sent' | 'read'; done: number; files: number } | null;
	isSaving: boolean;
	/** The class that the table named, where it is what stands in the form; empty where it is not. */
	foundClass: string;
	/** Why the table could not be read or the assignment not be made. */
	error: unknown;
}

const emptyForm: NewAssignmentState = {
	fields: { title: '', className: '', subject: '', gradeLevel: '', feedbackLanguage: 'auto', blind: true },
	questions: [newQuestion(unheaded)],
	putAway: [],
	chosen: 0,
	source: null,
	encoding: null,
	delimiter: null,
	sheet: null,
	headerRow: null,
	mapping: null,
	preview: null,
	isReading: false,
	progress: null,
	isSaving: false,
	foundClass: '',
	error: null,
};

/** The form for a new assignment. It outlives its screen, so that a look elsewhere loses nothing. */
export const useNewAssignment = create<NewAssignmentState>(() => emptyForm);

/** The latest look at the table; an earlier one is broken off, and its answer passed over. */
let look = new AbortController();

/** The files that were sent last, and where: they are sent once for the look at them and the assignment that is made of them. */
let pile: { files: readonly AnswerFile[]; pileId: string } | null = null;

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

/** Takes another table, or none, and reads it. What was chosen for the table before is forgotten, what was written about questions is not. */
export async function setSource(source: AnswerSource | null): Promise<void> {
	const choices = { encoding: null, delimiter: null, sheet: null, headerRow: null, mapping: null };
	useNewAssignment.setState((state) => ({ source, ...choices, preview: null, error: null, ...nameClass(state, []) }));
	await readTable();
}

/** Reads the same table with another encoding, delimiter, row of headings or mapping of its columns, or another sheet of its workbook. */
export async function readTableWith(
	choice: { encoding: string } | { delimiter: string } | { headerRow: number } | { sheet: string } | { mapping: AnswerMapping },
): Promise<void> {
	// Other characters or columns make the old mapping meaningless, and another sheet has its headings elsewhere.
	useNewAssignment.setState({ ...('sheet' in choice && { headerRow: null }), mapping: null, ...choice });
	await readTable();
}

/** Makes the assignment and empties the form; null when it failed, with the reason in `error` and the form as it was. */
export async function createAssignment(): Promise<Assignment | null> {
	const { fields, questions, source, preview, mapping } = useNewAssignment.getState();
	const used = mapping ?? preview?.mapping ?? null;
	const read = questions.map(readQuestion).filter((question) => question !== null);
	if (source === null || used === null || read.length < questions.length) return null;
	useNewAssignment.setState({ isSaving: true, error: null });
	try {
		const order = {
			fields: { ...fields, title: titleOf(fields, questions) },
			questions: read,
			mapping: used,
			...readingOf(useNewAssignment.getState()),
		};
		const make = (kept: { pileId: string } | Exclude<AnswerSource, { files: unknown }>) => client.grading.create({ ...order, source: kept });
		const assignment = await ('files' in source ? withPile(source.files, make) : make(source));
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
	look.abort();
	const before = useNewAssignment.getState();
	useNewAssignment.setState(emptyForm);
	return () => {
		// What is being read for the form that was filled in since.
		look.abort();
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
	void readTable();
}

/** The assignment's title: the one that was typed, else the beginning of the first question. */
export function titleOf(fields: Pick<AssignmentFields, 'title'>, questions: readonly Pick<QuestionDraft, 'text'>[]): string {
	const typed = fields.title.trim();
	if (typed !== '') return typed;
	const line = (questions.find(({ text }) => text.trim() !== '')?.text ?? '').trim().split('\n', 1)[0] ?? '';
	return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}

async function readTable(): Promise<void> {
	look.abort();
	look = new AbortController();
	const { signal } = look;
	const { source } = useNewAssignment.getState();
	useNewAssignment.setState({ isReading: source !== null, progress: null });
	if (source === null) return;
	try {
		const preview = await ('files' in source ? lookAtFiles(source, signal) : lookAtTable(source));
		if (!signal.aborted && preview !== null) takePreview(preview);
	} catch (error) {
		if (!signal.aborted) useNewAssignment.setState({ isReading: false, progress: null, error });
	}
}

function takePreview(preview: TablePreview): void {
	const { questions, putAway, chosen } = useNewAssignment.getState();
	const next = followQuestions({ questions, putAway }, preview.questions);
	useNewAssignment.setState({
		...next,
		...{ chosen: Math.min(chosen, next.questions.length - 1), preview, isReading: false, progress: null, error: null },
		...nameClass(useNewAssignment.getState(), preview.classes),
	});
}

/** The one class that a table names goes into the form, unless the teacher wrote another; it leaves with its table. */
function nameClass({ fields, foundClass }: NewAssignmentState, classes: readonly string[]): Partial<NewAssignmentState> {
	if (fields.className !== foundClass) return { foundClass: '' };
	const className = classes.length === 1 ? (classes[0] ?? '').slice(0, 100) : '';
	return { foundClass: className, fields: { ...fields, className } };
}

function lookAtTable(source: Exclude<AnswerSource, { files: unknown }>): Promise<TablePreview> {
	const { mapping } = useNewAssignment.getState();
	return client.grading.preview({ source, ...readingOf(useNewAssignment.getState()), ...(mapping !== null && { mapping }) });
}

/** Reads files, telling how far it is; null where it was broken off. */
function lookAtFiles({ files }: { files: readonly AnswerFile[] }, signal: AbortSignal): Promise<TablePreview | null> {
	const read = async (order: { pileId: string }) => {
		for await (const step of await client.grading.previewFiles(order, { signal })) {
			if (signal.aborted) return null;
			if ('preview' in step) return step.preview;
			useNewAssignment.setState({ progress: { stage: 'read', done: step.read, files: step.files } });
		}
		return null;
	};
	return withPile(files, read, signal);
}

/** Does what needs the files there, which are sent unless they are; once more where they were thrown away meanwhile. */
async function withPile<Done>(files: readonly AnswerFile[], act: (pile: { pileId: string }) => Promise<Done>, signal?: AbortSignal): Promise<Done> {
	const send = async () => {
		const onSent = (done: number) => {
			if (!signal?.aborted) useNewAssignment.setState({ progress: { stage: 'sent', done, files: files.length } });
		};
		pile = { files, pileId: await sendPile(files, onSent, signal) };
		return pile;
	};
	const { pileId } = pile?.files === files ? pile : await send();
	try {
		return await act({ pileId });
	} catch (error) {
		if (!isFailure(error, 'NOT_FOUND')) throw error;
		return await act({ pileId: (await send()).pileId });
	}
}

/** How the teacher wants the table to be read, as far as that was chosen. */
function readingOf({ encoding, delimiter, sheet, headerRow }: NewAssignmentState) {
	return {
		...(encoding !== null && { encoding }),
		...(delimiter !== null && { delimiter }),
		...(sheet !== null && { sheet }),
		...(headerRow !== null && { headerRow }),
	};
}
