import type { AnswerMapping } from '#contract/answerMapping.ts';
import type { MappedStudent } from '../intake/mapAnswers.ts';

/** The rows of a student in the table of a class. */
export interface KeptRows {
	row: number;
	cells: string[];
	moreRows: { row: number; cells: string[] }[];
}

/** The rows of a student as they were before an addition. */
export interface EarlierRows extends KeptRows {
	submissionId: string;
}

/** The table that a class was made of, as far as rows are put behind its own. */
export interface KeptTable {
	/** A name for each that no other has (columnNames.ts). */
	columns: readonly string[];
	mapping: AnswerMapping;
	/** What its questions go by in it, in their order. */
	headings: readonly string[];
}

/** A student who is added, with the columns of the table that they stood in. */
export interface AddedStudent {
	columns: readonly string[];
	student: MappedStudent;
	/** By the places of the class's questions. */
	answers: ReadonlyMap<number, AddedAnswer>;
}

export interface AddedAnswer {
	text: string;
	/** The row that it stood in where it came from. */
	row: number;
}

/** What is written of a student: the rows, and in which of them each answer stands, by the places of the questions. */
export interface WrittenRows extends KeptRows {
	rows: Map<number, number>;
}

/**
 * The rows of a new student in the table of a class, from `next` on: what stood under headings that the class has too, with who it is and the answers where
 * they stand there. In a table with a row for each answer there is one for each.
 */
export function writeRows(table: KeptTable, added: AddedStudent, next: number): WrittenRows {
	const { mapping } = table;
	const { student, answers } = added;
	const whole = carryOver(table, added, student.cells);
	if (mapping.layout === 'wide') {
		for (const [at, { text }] of answers) put(table, whole, mapping.answers[at]?.column, text);
		return { row: next, cells: whole, moreRows: [], rows: new Map([...answers.keys()].map((at) => [at, next])) };
	}
	const written = [...answers].map(([at, answer], index) => ({ row: next + index, cells: answerRow(table, added, at, answer), at }));
	const [first, ...moreRows] = written.map(({ row, cells }) => ({ row, cells }));
	return { ...(first ?? { row: next, cells: whole }), moreRows, rows: new Map(written.map(({ at, row }) => [at, row])) };
}

/**
 * The rows of a student of the class with an answer that was not there, or was another. `row` is where it stood, null where nowhere; then it goes to a row
 * that names its question, else to one of its own, which is `next`. `before` stays as it is.
 */
export function writeAnswer(
	table: KeptTable,
	before: KeptRows,
	added: AddedStudent,
	{ at, answer, row }: { at: number; answer: AddedAnswer; row: number | null },
	next: number,
): KeptRows & { answerRow: number } {
	const { mapping } = table;
	const rows = [{ row: before.row, cells: [...before.cells] }, ...before.moreRows.map((each) => ({ row: each.row, cells: [...each.cells] }))];
	const found = rows.find((each) => each.row === row) ?? rowFor(table, rows, at);
	if (found) put(table, found.cells, mapping.layout === 'wide' ? mapping.answers[at]?.column : mapping.answer, answer.text);
	else rows.push({ row: next, cells: answerRow(table, added, at, answer) });
	const [first = { row: before.row, cells: before.cells }, ...moreRows] = rows;
	return { ...first, moreRows, answerRow: found?.row ?? next };
}

/** The row of a student that is there for a question, whether or not it answers it. */
export function rowFor<Row extends { cells: readonly string[] }>({ mapping, columns, headings }: KeptTable, rows: readonly Row[], at: number): Row | undefined {
	if (mapping.layout === 'wide') return rows[0];
	const question = columns.indexOf(mapping.question);
	return rows.find(({ cells }) => cells[question]?.trim() === headings[at]);
}

/** The row of one answer in a table that has one for each. */
export function answerRow(table: KeptTable, added: AddedStudent, at: number, { text, row }: AddedAnswer): string[] {
	const { mapping } = table;
	const { student } = added;
	const cells = carryOver(table, added, student.moreRows.find((each) => each.row === row)?.cells ?? student.cells);
	if (mapping.layout !== 'long') return cells;
	put(table, cells, mapping.question, table.headings[at] ?? '');
	put(table, cells, mapping.answer, text);
	return cells;
}

/** What a row holds under the headings of the class's table, and who it is where none of them says so. */
function carryOver(table: KeptTable, { columns, student: { number, name } }: AddedStudent, from: readonly string[]): string[] {
	const { mapping } = table;
	const places = new Map(columns.map((column, index) => [column, index]));
	const cells = table.columns.map((column) => from[places.get(column) ?? -1] ?? '');
	const at = (column: string) => table.columns.indexOf(column);
	if (mapping.studentId !== null && cells[at(mapping.studentId)]?.trim() === '') put(table, cells, mapping.studentId, number);
	const [nameColumn] = mapping.studentNames;
	if (mapping.studentNames.every((column) => cells[at(column)]?.trim() === '')) put(table, cells, nameColumn, name);
	return cells;
}

/** Writes a cell; a class of files has no column for its answers. */
function put({ columns }: KeptTable, cells: string[], column: string | undefined, text: string): void {
	const at = column === undefined ? -1 : columns.indexOf(column);
	if (at === -1) return;
	while (cells.length <= at) cells.push('');
	cells[at] = text;
}
