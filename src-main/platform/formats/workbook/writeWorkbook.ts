import writeExcelFile, { type CellObject } from 'write-excel-file/node';
import { FormatError } from '../FormatError.ts';
import type { Scalar, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { escapedText, scalarText } from '../projection/marks.ts';
import { type Cell, flatten } from '../table/flatten.ts';
import { recordsOf } from '../table/recordsOf.ts';
import { sheetNames } from './sheetNames.ts';
import { tooManyCells, workbookLimits } from './workbookOptions.ts';

/**
 * Writes data as an XLSX workbook: a mapping of lists as a sheet each, anything else as one sheet of its records. Texts are never formulas; a
 * number that a spreadsheet would round is text, and that is told.
 *
 * @throws FormatError for what XLSX cannot hold: too many rows or columns, a text longer than a cell
 */
export async function writeWorkbook(root: Value, notes: NoteBook): Promise<Uint8Array> {
	const sheets = sheetsOf(root);
	const names = sheetNames(sheets.map(({ name }) => name));
	let cells = 0;
	const written = sheets.map(({ name, value }, index) => {
		const legal = names[index] ?? '';
		if (legal !== name) notes.add({ code: 'sheetRenamed', kind: 'changed', what: name, became: legal });
		const data = rowsOf(value, legal, notes, (added) => {
			cells += added;
			if (cells > workbookLimits.cells) throw tooManyCells(cells);
		});
		return { sheet: legal, data };
	});
	return await writeExcelFile(written).toBuffer();
}

/** Sheets by their names where every value of the root is a list of mappings or of rows. */
function sheetsOf(root: Value): { name: string; value: Value }[] {
	const isSheets =
		root.kind === 'mapping' &&
		root.entries.length > 0 &&
		root.entries.every(({ value }) => value.kind === 'sequence' && value.items.every(({ kind }) => kind === 'mapping' || kind === 'sequence'));
	if (!isSheets) return [{ name: 'Sheet1', value: root }];
	return root.entries.map(({ key, value }) => ({ name: key.kind === 'text' ? key.value : '', value }));
}

/** `count` is told how many cells the sheet will have, before any is made. */
function rowsOf(value: Value, sheet: string, notes: NoteBook, count: (cells: number) => void): (CellObject | null)[][] {
	const { records, areLists } = recordsOf(value, notes);
	const cellOf = (cell: Cell, row: number) => (cell === undefined ? null : cellObject(cell, sheet, row, notes));
	if (areLists) {
		count(records.reduce((sum, record) => sum + (record.kind === 'sequence' ? record.items.length : 0), 0));
		const rows = records.map((record, index) => (record.kind === 'sequence' ? record.items.map((item) => cellOf(item as Scalar, index)) : []));
		return checked(rows, sheet);
	}
	const { columns, rows } = flatten(records, notes);
	count(columns.length * (rows.length + 1));
	const header = columns.map((name): CellObject => ({ value: held(name, sheet, 0), type: String, fontWeight: 'bold' }));
	return columns.length === 0 ? [] : checked([header, ...rows.map((row, index) => row.map((cell) => cellOf(cell, index + 1)))], sheet);
}

function checked<Row extends readonly unknown[]>(rows: Row[], sheet: string): Row[] {
	const widest = rows.reduce((most, { length }) => Math.max(most, length), 0);
	if (rows.length > workbookLimits.rows) throw tooMuch('tooManyRows', sheet, rows.length, workbookLimits.rows);
	if (widest > workbookLimits.columns) throw tooMuch('tooManyColumns', sheet, widest, workbookLimits.columns);
	return rows;
}

function cellObject(cell: Scalar, sheet: string, row: number, notes: NoteBook): CellObject | null {
	const told = (code: string, became: string) => notes.add({ code, kind: 'changed', path: `$["${sheet}"][${row}]`, what: scalarText(cell), became }, cell.at);
	switch (cell.kind) {
		case 'null':
			told('nullAsEmpty', '');
			return null;
		case 'boolean':
			return { value: cell.value, type: Boolean };
		case 'number': {
			const value = Number(cell.literal);
			if (!isHeld(cell.literal, value)) {
				told('numberAsText', `"${cell.literal}"`);
				return { value: cell.literal, type: String };
			}
			if (String(value) === cell.literal) return { value, type: Number };
			told('numberForm', String(value));
			const decimals = /\.(\d{1,15})$/.exec(cell.literal)?.[1];
			return { value, type: Number, ...(decimals !== undefined && { format: `0.${'0'.repeat(decimals.length)}` }) };
		}
		case 'moment': {
			const date = cell.type === 'date' || cell.type === 'localDateTime' ? dateOf(cell.literal) : undefined;
			if (date !== undefined) return { value: date, type: Date, format: cell.type === 'date' ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss' };
			told('typeToText', `"${cell.literal}"`);
			return { value: cell.literal, type: String };
		}
		case 'binary':
			told('typeToText', scalarText(cell));
			return { value: held(scalarText(cell), sheet, row), type: String };
		case 'text':
			if (cell.value === '') told('emptyText', '');
			return cell.value === '' ? null : { value: held(cell.value, sheet, row), type: String };
	}
}

/** A spreadsheet holds a number as a double and shows 15 digits of it. */
function isHeld(literal: string, value: number): boolean {
	const digits = literal
		.replace(/[eE].*$/, '')
		.replace(/[-.]/g, '')
		.replace(/^0+/, '');
	return Number.isFinite(value) && digits.length <= 15 && !(value === 0 && (digits !== '' || literal.startsWith('-')));
}

/** The first days of 1900 are counted otherwise by every spreadsheet, and fractions of a second are not shown. */
function dateOf(literal: string): Date | undefined {
	const date = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d)?$/.test(literal)
		? new Date(`${literal.replace(' ', 'T').padEnd(19, 'T00:00:00').slice(0, 19)}Z`)
		: undefined;
	return date === undefined || Number.isNaN(date.getTime()) || date < new Date('1900-03-01') ? undefined : date;
}

/** A text as a workbook holds it: what XML cannot, as `_xHHHH_` (ECMA-376 part 1, 22.9.2.19); the library drops U+FFFD otherwise. */
function held(text: string, sheet: string, row: number): string {
	const escaped = escapedText(text).replace(/[\r\uFFFD]/g, (found) => `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
	if (escaped.length > workbookLimits.cellCharacters) {
		throw new FormatError('cellTooLong', `A cell of a workbook holds ${workbookLimits.cellCharacters} characters.`, {
			path: `$["${sheet}"][${row}]`,
			detail: String(workbookLimits.cellCharacters),
		});
	}
	return escaped;
}

function tooMuch(code: string, sheet: string, found: number, limit: number): FormatError {
	return new FormatError(code, `The sheet ${sheet} would have ${found}, and XLSX holds ${limit}.`, { path: `$["${sheet}"]`, detail: String(limit) });
}
