import { columnNames } from '../../../platform/csv/columnNames.ts';
import type { GradedClass, SheetAnswer, SheetQuestion, SheetStudent } from './GradedClass.ts';
import { type SheetWords, sheetWords } from './sheetWords.ts';

/** What a cell that was added holds; null where nothing is settled. */
export type AddedCell = string | number | null;

/** The table as it came, and what was added behind it. */
export interface ClassTable {
	columns: string[];
	added: string[];
	rows: { cells: string[]; added: AddedCell[] }[];
}

/**
 * The imported table, every row, column and cell in its place, and behind it the marks in columns of their own.
 *
 * With one question, or a row for each answer, these are points, feedback, suggestions and who marked; with several, the points, the feedback
 * and who marked of each, then the total. What nobody has accepted is said to be proposed. What is not settled is empty, never 0. `single` gives the names of the four where they are not to be in the sheet's language.
 */
export function classTable(graded: GradedClass, single?: readonly string[]): ClassTable {
	const words = sheetWords[graded.language];
	const { questions, students } = graded.table ?? graded;
	const isSingle = questions.length === 1;
	const names = isSingle ? (single ?? [words.points, words.feedback, words.suggestions, words.decidedBy]) : namesOfMany(questions, words);
	const addedOf = (student: SheetStudent) => (isSingle ? cellsOfOne(questions, student) : cellsOfMany(questions, student, words));
	return {
		columns: graded.columns,
		added: columnNames([...graded.columns, ...names]).slice(graded.columns.length),
		rows: students.map((student) => ({ cells: graded.columns.map((_, index) => student.cells[index] ?? ''), added: addedOf(student) })),
	};
}

/** Who marked an answer, or that it is only proposed, and by what. */
export function markerName({ decidedBy, modelName }: SheetAnswer, words: MarkerWords): string {
	if (decidedBy === null) return '';
	return decidedBy === 'teacher' ? words.teacher : words.proposedBy(decidedBy === 'model' ? (modelName ?? words.model) : words.check);
}

type MarkerWords = Pick<SheetWords, 'teacher' | 'model' | 'check' | 'proposedBy'>;

/** The student's answer to a question where it is settled. */
export function settledAnswer(student: SheetStudent, questionId: string): (SheetAnswer & { points: number }) | null {
	const found = student.answers.find((answer) => answer.questionId === questionId);
	return found === undefined || found.points === null ? null : { ...found, points: found.points };
}

function namesOfMany(questions: readonly SheetQuestion[], words: SheetWords): string[] {
	return [...questions.flatMap(({ name }) => [`${name} ${words.points}`, `${name} ${words.feedback}`, `${name} ${words.decidedBy}`]), words.total];
}

function cellsOfOne(questions: readonly SheetQuestion[], student: SheetStudent): AddedCell[] {
	const settled = settledAnswer(student, questions[0]?.id ?? '');
	if (!settled) return [null, null, null, null];
	return [settled.points, settled.feedback, settled.suggestions.join('\n'), markerName(settled, sheetWords.en)];
}

function cellsOfMany(questions: readonly SheetQuestion[], student: SheetStudent, words: SheetWords): AddedCell[] {
	const each = questions.flatMap(({ id }): AddedCell[] => {
		const settled = settledAnswer(student, id);
		return settled ? [settled.points, settled.feedback, markerName(settled, words)] : [null, null, null];
	});
	return [...each, student.total];
}

/** What a student's answer, or all of them, came to, and whether that is only proposed; a total is as long as one of its parts is. */
export function pointsText(points: string, answers: readonly SheetAnswer[], words: SheetWords): string {
	const isProposed = answers.some(({ decidedBy }) => decidedBy !== null && decidedBy !== 'teacher');
	return isProposed ? words.proposed(points) : points;
}
