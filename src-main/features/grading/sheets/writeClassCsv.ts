import { stringify } from 'csv-stringify/sync';
import { withoutFormula } from '../../../platform/csv/writeCsv.ts';
import { type AddedCell, classTable } from './classTable.ts';
import { formatPoints } from './formatPoints.ts';
import type { GradedClass } from './GradedClass.ts';

/** What a class with one question has always been given out with, in every language: programs read it. */
const columnsOfOne = ['score', 'feedback', 'suggestions', 'graded_by'];

/**
 * Writes the table as it came, every column and cell in its place, with the marks in columns of their own behind it (classTable.ts).
 *
 * A cell that a spreadsheet would run as a formula gets an apostrophe before it; a number with its sign is none. UTF-8 with a byte order
 * mark and CRLF, which spreadsheets read without being asked.
 */
export function writeClassCsv(graded: GradedClass): string {
	const { columns, added, rows } = classTable(graded, columnsOfOne);
	const above = (graded.above ?? []).map((cells) => cells.map(noFormula));
	const records = rows.map((row) => [...row.cells.map(noFormula), ...row.added.map(addedCell)]);
	return stringify([...above, [...columns, ...added], ...records], { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

function addedCell(cell: AddedCell): string {
	if (cell === null) return '';
	return typeof cell === 'number' ? formatPoints(cell) : withoutFormula(cell);
}

/** What a student wrote is given back as text, never run: `=1+1`, but also `+cmd|…`. Numbers such as -5 or +3,2 stay as they are. */
function noFormula(cell: string): string {
	return /^[+-]?[\d\s.,]+%?$/.test(cell) ? cell : withoutFormula(cell);
}
