import type { AnswerMapping, AnswerProblem } from '#contract/answerMapping.ts';
import { failure } from '#contract/errors.ts';
import type { Table, TableRow } from '../../../platform/csv/readTable.ts';
import { answerText } from './answerText.ts';
import { tableOriginOf } from './guessLayout.ts';
import { joinName } from './joinName.ts';
import { LongRows } from './LongRows.ts';
import { MarkupColumns } from './MarkupColumns.ts';
import { pointsOfHeading, textOfHeading } from './textOfHeading.ts';

/** A question of a table or of a folder of files. */
export interface MappedQuestion {
	/** What it goes by in its table, and no other does: the heading of its column, or what the rows call it. */
	heading: string;
	name: string;
	/** What was asked; empty where nothing says so. */
	text: string;
	/** The right answer, where the table has it. */
	key: string;
	points: number | null;
}

/** A student with all answers that were found; those that are missing are not in the maps. */
export interface MappedStudent {
	/** The first row that speaks of the student. */
	row: number;
	number: string;
	name: string;
	/** That row as it came. */
	cells: string[];
	/** The further rows that speak of the student, where a table has a row for each answer. */
	moreRows: TableRow[];
	answers: Map<number, string>;
	/** The row of each answer. */
	rows: Map<number, number>;
}

/** Who answered what. */
export interface MappedAnswers {
	students: MappedStudent[];
	questions: MappedQuestion[];
	problems: AnswerProblem[];
}

/** The part of a table that answers are read from. */
export type AnswerRows = Pick<Table, 'columns' | 'rows'>;

/** Rows of sums that platforms add to their tables: Canvas' gradebook, the reports of Moodle's quizzes in English and German. */
const sumRow = /^\s*(points possible|overall average|group average|gesamtdurchschnitt)\s*$/i;

/**
 * Reads who answered what from a table, and every problem that only the meaning of its columns shows.
 *
 * No row is left out but those that are told as no student's. What platforms write as HTML becomes plain text (MarkupColumns.ts), which is told; a lone hyphen, which stands
 * for no answer there, is empty. A student with several rows of a wide table is told and is there several times; several answers of one
 * student to one question of a long table are put together and told. A column that the table does not have is `CSV_COLUMN_MISSING`.
 */
export function mapAnswers(table: AnswerRows, mapping: AnswerMapping): MappedAnswers {
	const at = columnIndex(table.columns);
	const place = {
		number: mapping.studentId === null ? -1 : at(mapping.studentId),
		names: mapping.studentNames.map(at),
		class: mapping.studentClass === null ? -1 : at(mapping.studentClass),
	};
	const problems: AnswerProblem[] = [];
	const rows = table.rows.filter((row) => {
		const sum = [row.cells[0], ...place.names.map((index) => row.cells[index])].find((cell) => sumRow.test(cell ?? ''));
		if (sum !== undefined) problems.push({ row: row.row, column: null, code: 'notAStudent', detail: sum.trim() });
		return sum === undefined;
	});
	const who = (row: TableRow) => ({
		row: row.row,
		number: row.cells[place.number]?.trim() ?? '',
		name: joinName(place.names.map((index) => row.cells[index] ?? '')),
		cells: row.cells,
		moreRows: [],
		answers: new Map<number, string>(),
		rows: new Map<number, number>(),
	});
	const markup = new MarkupColumns(rows, tableOriginOf(table.columns));
	const mapped = mapping.layout === 'wide' ? mapWide(rows, mapping, { at, who, markup }) : new LongRows(mapping, { at, who, markup }).read(rows);
	const all = [...problems, ...mapped.problems, ...classProblems(rows, place.class, mapping.studentClass)];
	return { ...mapped, problems: all.sort((a, b) => a.row - b.row) };
}

function columnIndex(columns: readonly string[]): (column: string) => number {
	const indexes = new Map(columns.map((column, index) => [column, index]));
	return (column) => {
		const index = indexes.get(column);
		if (index === undefined) throw failure('CSV_COLUMN_MISSING', { column, found: columns.slice(0, 100) });
		return index;
	};
}

type Wide = Extract<AnswerMapping, { layout: 'wide' }>;

/** What both layouts are read with: where a column stands, whose a row is, and which columns hold HTML. */
export interface RowReading {
	at: (column: string) => number;
	who: (row: TableRow) => MappedStudent;
	markup: MarkupColumns;
}

function mapWide(rows: readonly TableRow[], mapping: Wide, { at, who, markup }: RowReading): MappedAnswers {
	const indexes = mapping.answers.map(({ column }) => at(column));
	const problems = mapping.answers.flatMap(({ column }) => markup.problems(at(column), column));
	const firstRowOf = new Map<string, number>();
	const students = rows.map((row) => {
		const student = who(row);
		for (const [question, index] of indexes.entries()) {
			const text = answerText(row.cells[index] ?? '', markup.has(index));
			if (text === '') problems.push({ row: row.row, column: mapping.answers[question]?.column ?? null, code: 'emptyAnswer', detail: '' });
			else {
				student.answers.set(question, text);
				student.rows.set(question, row.row);
			}
		}
		problems.push(...whoProblems(student, mapping, firstRowOf));
		return student;
	});
	const questions = mapping.answers.map((answer): MappedQuestion => {
		const text = answer.textColumn === null ? null : sameInAll(rows, answer.textColumn, { at, markup });
		const key = answer.keyColumn === null ? null : sameInAll(rows, answer.keyColumn, { at, markup });
		problems.push(...(text?.problems ?? []), ...(key?.problems ?? []));
		const { column, questionName, questionText, points } = answer;
		return {
			...{ heading: column, name: questionName, key: key?.value ?? '' },
			text: text?.value || questionText || textOfHeading(column),
			points: points ?? pointsOfHeading(column),
		};
	});
	return { students, questions, problems };
}

/** Who several rows are of is told by their numbers, and where there are none by their names. */
function whoProblems({ row, number, name }: MappedStudent, { studentId: column, studentNames }: Wide, firstRowOf: Map<string, number>): AnswerProblem[] {
	if (column === null) {
		const first = firstRowOf.get(name);
		if (first !== undefined) return [{ row, column: studentNames[0] ?? null, code: 'duplicateName', detail: `${name} (${first})` }];
		if (name !== '') firstRowOf.set(name, row);
		return [];
	}
	if (number === '') return [{ row, column, code: 'missingId', detail: '' }];
	const first = firstRowOf.get(number);
	if (first !== undefined) return [{ row, column, code: 'duplicateId', detail: `${number} (${first})` }];
	firstRowOf.set(number, row);
	return [];
}

/** What a column says in every row; where it says several things, as in a quiz that draws its questions, the first and where it changes. */
function sameInAll(rows: readonly TableRow[], column: string, { at, markup }: Omit<RowReading, 'who'>): { value: string; problems: AnswerProblem[] } {
	const index = at(column);
	let value = '';
	for (const { row, cells } of rows) {
		const text = answerText(cells[index] ?? '', markup.has(index)).trim();
		if (value === '') value = text;
		else if (text !== '' && text !== value) return { value, problems: [{ row, column, code: 'questionsDiffer', detail: text.slice(0, 200) }] };
	}
	return { value, problems: [] };
}

/** Told of each class but the largest: one problem at its first row, with how many rows it has. */
function classProblems(rows: readonly TableRow[], index: number, column: string | null): AnswerProblem[] {
	if (index === -1) return [];
	const classes = new Map<string, { row: number; count: number }>();
	for (const { row, cells } of rows) {
		const name = cells[index]?.trim() ?? '';
		const known = classes.get(name);
		if (known) known.count++;
		else classes.set(name, { row, count: 1 });
	}
	const [, ...others] = [...classes].sort(([, a], [, b]) => b.count - a.count);
	return others.map(([name, { row, count }]) => ({ row, column, code: 'otherClass', detail: `${name} (${count})` }));
}
