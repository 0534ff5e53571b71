import { failure } from '#contract/errors.ts';
import type { ColumnMapping, TableProblem } from '#contract/grading.ts';
import type { Table, TableRow } from '../../platform/csv/readTable.ts';

/** Names by which exports of learning platforms and teachers' own sheets call these columns, the surest first. */
const names = {
	answer: [
		/^(student |your )?(answer|response|essay|submission)( ?1)?$/,
		/^(学生)?(答案|作答|回答|答题|作文|解答)(内容|文本)?1?$/,
		/^(answer|response|essay|submission)( text| content)$/,
		/\b(answer|response|essay)\b/,
		/答案|作答|回答|答题|作文|解答/,
		/^(text|content|work|正文|内容|文本)$/,
	],
	studentId: [
		/^(student|pupil|user|learner)? ?(id|number|no\.?|code)( number)?$/,
		/^(sid|学号|学籍号|考号|考生号|准考证号|编号|学生(编号|学号|id))$/,
		/^(username|user name|login|email|email address|e-mail|用户名|邮箱)$/,
	],
	studentName: [
		/^(student|pupil|full|display)? ?name$/,
		/^(学生)?(姓名|名字)$/,
		/^(student|pupil|学生|考生)$/,
		/^(first name|given name|名)$/,
		/^(last name|surname|family name|姓)$/,
	],
} as const;

/** Guesses from the columns' names, in English or Chinese, which column holds what; null where no column looks like answers. */
export function guessMapping(columns: readonly string[]): ColumnMapping | null {
	const answer = firstMatch(columns, names.answer);
	if (answer === null) return null;
	const others = columns.filter((column) => column !== answer);
	const studentId = firstMatch(others, names.studentId);
	const studentName = firstMatch(
		others.filter((column) => column !== studentId),
		names.studentName,
	);
	return { answer, studentId, studentName };
}

/** Told of a header in which no column has a name that means anything here: it may be the first student. */
export function doubtHeader(columns: readonly string[]): TableProblem[] {
	const all = [...names.answer, ...names.studentId, ...names.studentName];
	if (firstMatch(columns, all) !== null) return [];
	return [{ row: 1, column: null, code: 'headerDoubtful', detail: columns.slice(0, 5).join(' | ').slice(0, 200) }];
}

function firstMatch(columns: readonly string[], patterns: readonly RegExp[]): string | null {
	for (const pattern of patterns) {
		const found = columns.find((column) => pattern.test(column.toLowerCase().replaceAll('_', ' ')));
		if (found !== undefined) return found;
	}
	return null;
}

/** What a mapped row says about one student; text that is missing is empty. */
export interface MappedRow extends TableRow {
	studentId: string;
	studentName: string;
	answer: string;
}

/**
 * Reads who answered what from a table, row for row, and the problems that only the meaning of the columns shows.
 *
 * No row is left out: one without an answer is kept and told. A column that the table does not have is `CSV_COLUMN_MISSING`.
 */
export function mapRows(table: Pick<Table, 'columns' | 'rows'>, mapping: ColumnMapping): { rows: MappedRow[]; problems: TableProblem[] } {
	const at = (column: string | null) => (column === null ? -1 : indexOf(table.columns, column));
	const index = { studentId: at(mapping.studentId), studentName: at(mapping.studentName), answer: at(mapping.answer) };
	const rows = table.rows.map((row) => ({
		...row,
		studentId: row.cells[index.studentId]?.trim() ?? '',
		studentName: row.cells[index.studentName]?.trim() ?? '',
		answer: row.cells[index.answer] ?? '',
	}));
	return { rows, problems: problemsOf(rows, mapping) };
}

function indexOf(columns: readonly string[], column: string): number {
	const index = columns.indexOf(column);
	if (index === -1) throw failure('CSV_COLUMN_MISSING', { column, found: [...columns] });
	return index;
}

function problemsOf(rows: MappedRow[], mapping: ColumnMapping): TableProblem[] {
	const firstRowOf = new Map<string, number>();
	return rows.flatMap(({ row, studentId, answer }) => {
		const problems: TableProblem[] = [];
		if (answer.trim() === '') problems.push({ row, column: mapping.answer, code: 'emptyAnswer', detail: '' });
		if (mapping.studentId === null) return problems;
		if (studentId === '') problems.push({ row, column: mapping.studentId, code: 'missingId', detail: '' });
		else if (firstRowOf.has(studentId))
			problems.push({ row, column: mapping.studentId, code: 'duplicateId', detail: `${studentId} (${firstRowOf.get(studentId)})` });
		else firstRowOf.set(studentId, row);
		return problems;
	});
}
