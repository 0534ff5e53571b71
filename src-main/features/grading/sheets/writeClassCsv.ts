import { stringify } from 'csv-stringify/sync';
import { withoutFormula } from '../../../platform/csv/writeCsv.ts';
import { canEncode, encodeText } from '../../../platform/text/encodeText.ts';
import { type AddedCell, classTable } from './classTable.ts';
import { formatPoints } from './formatPoints.ts';
import type { GradedClass, WrittenTable } from './GradedClass.ts';

/** What a class with one question has always been given out with, in every language: programs read it. */
const columnsOfOne = ['score', 'feedback', 'suggestions', 'graded_by'];

/** As spreadsheets read it without being asked: how a table is written that came from no text. */
const usual: WrittenTable = { encoding: 'utf-8', delimiter: ',', lineEnd: '\r\n', hasMark: true, hasComma: false };

/**
 * Writes the table as it came, every column and cell in its place, with the marks in columns of their own behind it (classTable.ts).
 *
 * A cell that a spreadsheet would run as a formula gets an apostrophe before it; a number with its sign is none. The delimiter, the line ends, the
 * decimal sign, the encoding and its byte order mark are those of the file that came; what that encoding has no letters for goes out as UTF-8 with a mark.
 */
export async function writeClassCsv(graded: GradedClass): Promise<Uint8Array> {
	const written = graded.written ?? usual;
	const { columns, added, rows } = classTable(graded, columnsOfOne);
	const above = (graded.above ?? []).map((cells) => cells.map(noFormula));
	const records = rows.map((row) => [...row.cells.map(noFormula), ...row.added.map((cell) => addedCell(cell, written))]);
	const text = stringify([...above, [...columns, ...added], ...records], {
		delimiter: written.delimiter,
		record_delimiter: written.lineEnd,
		quoted_match: /[\r\n]/,
	});
	if (await canEncode(written.encoding)) {
		const { bytes, unwritable } = await encodeText(`${written.hasMark ? '\uFEFF' : ''}${text}`, written.encoding);
		if (unwritable.length === 0) return bytes;
	}
	return new TextEncoder().encode(`\uFEFF${text}`);
}

function addedCell(cell: AddedCell, { hasComma }: WrittenTable): string {
	if (cell === null) return '';
	if (typeof cell === 'string') return withoutFormula(cell);
	return hasComma ? formatPoints(cell).replace('.', ',') : formatPoints(cell);
}

/** What a student wrote is given back as text, never run: `=1+1`, but also `+cmd|…`. Numbers such as -5 or +3,2 stay as they are. */
function noFormula(cell: string): string {
	return /^[+-]?[\d\s.,]+%?$/.test(cell) ? cell : withoutFormula(cell);
}
