import { create } from 'zustand';
import type { Inputs } from '#contract/contract.ts';
import type { Assignment, AssignmentFields, ColumnMapping, TablePreview } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';

/** Where the class's answers come from: a table that was pasted or typed, or a file as it is on the disk. */
export type TableSource = Inputs['grading']['preview']['source'];

interface NewAssignmentState {
	fields: AssignmentFields;
	source: TableSource | null;
	/** What the teacher chose in place of what was detected. */
	encoding: string | null;
	delimiter: string | null;
	mapping: ColumnMapping | null;
	preview: TablePreview | null;
	isReading: boolean;
	isSaving: boolean;
	/** Why the table could not be read or the assignment not be made. */
	error: unknown;
}

const emptyForm: NewAssignmentState = {
	fields: { title: '', subject: '', question: '', key: '', gradeLevel: '', feedbackLanguage: 'auto' },
	source: null,
	encoding: null,
	delimiter: null,
	mapping: null,
	preview: null,
	isReading: false,
	isSaving: false,
	error: null,
};

/** The form for a new assignment. It outlives its screen, so that a look elsewhere loses nothing. */
export const useNewAssignment = create<NewAssignmentState>(() => emptyForm);

/** The latest look at the table; an answer to an earlier one is passed over. */
let look = 0;

/** Changes what is typed about the question. */
export function setFields(change: Partial<AssignmentFields>): void {
	useNewAssignment.setState(({ fields }) => ({ fields: { ...fields, ...change } }));
}

/** Takes another table, or none, and reads it. What was chosen for the table before is forgotten. */
export async function setSource(source: TableSource | null): Promise<void> {
	useNewAssignment.setState({ source, encoding: null, delimiter: null, mapping: null, preview: null, error: null });
	await readTable();
}

/** Reads the same table with another encoding, delimiter or mapping of its columns. */
export async function readTableWith(choice: { encoding?: string; delimiter?: string; mapping?: ColumnMapping }): Promise<void> {
	// Other characters or columns make the old mapping meaningless.
	useNewAssignment.setState(choice.mapping === undefined ? { ...choice, mapping: null } : choice);
	await readTable();
}

/** Makes the assignment and empties the form; null when it failed, with the reason in `error` and the form as it was. */
export async function createAssignment(): Promise<Assignment | null> {
	const { fields, source, encoding, delimiter, preview, mapping } = useNewAssignment.getState();
	const used = mapping ?? preview?.mapping;
	if (source === null || used === null || used === undefined) return null;
	useNewAssignment.setState({ isSaving: true, error: null });
	try {
		const assignment = await client.grading.create({
			fields: { ...fields, title: titleOf(fields) },
			source,
			mapping: used,
			...(encoding !== null && { encoding }),
			...(delimiter !== null && { delimiter }),
		});
		clearForm();
		return assignment;
	} catch (error) {
		useNewAssignment.setState({ isSaving: false, error });
		return null;
	}
}

/** Empties the form. What is returned puts everything back as it was. */
export function clearForm(): () => void {
	look += 1;
	const before = useNewAssignment.getState();
	useNewAssignment.setState(emptyForm);
	return () => useNewAssignment.setState({ ...before, isReading: false });
}

/** The assignment's title: the one that was typed, else the beginning of the question's first line. */
export function titleOf(fields: Pick<AssignmentFields, 'title' | 'question'>): string {
	const typed = fields.title.trim();
	if (typed !== '') return typed;
	const line = fields.question.trim().split('\n', 1)[0] ?? '';
	return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}

async function readTable(): Promise<void> {
	look += 1;
	const thisLook = look;
	const { source, encoding, delimiter, mapping } = useNewAssignment.getState();
	useNewAssignment.setState({ isReading: source !== null });
	if (source === null) return;
	try {
		const preview = await client.grading.preview({
			source,
			...(encoding !== null && { encoding }),
			...(delimiter !== null && { delimiter }),
			...(mapping !== null && { mapping }),
		});
		if (thisLook === look) useNewAssignment.setState({ preview, isReading: false, error: null });
	} catch (error) {
		if (thisLook === look) useNewAssignment.setState({ isReading: false, error });
	}
}
