import type { Answer } from '#contract/grading.ts';
import { answerRow, type KeptRows, type KeptTable, rowFor } from './addition/keptRows.ts';
import type { KeptClass } from './gradedClassOf.ts';

interface HandedIn extends KeptRows {
	studentId: string;
	studentName: string;
}

/** What stands for whichever question a row is about: only what its answer got is written. */
const only = { id: 'only', name: '', text: '', key: '', points: 100, check: { kind: 'none' as const }, rubric: [] };

/**
 * The rows of a table that has one for each answer, in its order, each as if it were a student with one question.
 *
 * An answer that was put together from several rows stands in the first of them; the others get no marks. One that is empty stands in the row that asks
 * for it; where there is none and it has a mark, the mark gets a row of its own behind the table.
 */
export function unfoldRows(kept: KeptClass, table: KeptTable, handedIn: ReadonlyMap<string, HandedIn>, rowOfAnswer: ReadonlyMap<string, number>): KeptClass {
	const rows = [...handedIn.values()].flatMap((student) => rowsOf(student).map((each) => ({ ...each, ...whoIs(student) })));
	let next = 1 + rows.reduce((last, { row }) => Math.max(last, row), 1);
	const places = new Map(kept.questions.map(({ id }, at) => [id, at]));
	const placeOf = ({ id, submissionId, questionId, mark }: Answer): number | undefined => {
		const student = handedIn.get(submissionId);
		const at = places.get(questionId);
		if (!student || at === undefined) return undefined;
		const there = rowOfAnswer.get(id) ?? rowFor(table, rowsOf(student), at)?.row;
		if (there !== undefined || mark === null) return there;
		rows.push({ row: next, cells: emptyRow(table, student, at), ...whoIs(student) });
		return next++;
	};
	const answers = kept.answers.flatMap((answer) => {
		const row = placeOf(answer);
		return row === undefined ? [] : [{ ...answer, submissionId: String(row), questionId: only.id }];
	});
	return { ...kept, questions: [only], students: new Map(rows.sort((a, b) => a.row - b.row).map((row) => [String(row.row), row])), answers };
}

function rowsOf({ row, cells, moreRows }: KeptRows): { row: number; cells: string[] }[] {
	return [{ row, cells }, ...moreRows];
}

function whoIs({ studentId, studentName }: HandedIn): Pick<HandedIn, 'studentId' | 'studentName'> {
	return { studentId, studentName };
}

/** A row that says who it is of and what was asked, and no more. */
function emptyRow(table: KeptTable, { studentId, studentName }: HandedIn, at: number): string[] {
	const student = { row: 0, number: studentId, name: studentName, cells: [], moreRows: [], answers: new Map(), rows: new Map() };
	return answerRow(table, { columns: [], student, answers: new Map() }, at, { text: '', row: 0 });
}
