import { failure } from '#contract/errors.ts';
import { invalidTable } from '../../../platform/csv/invalidTable.ts';
import { readTable, type Table, type TableInput, type TableRow, tableLimits, tooLong, tooWide } from '../../../platform/csv/readTable.ts';
import { toTable } from '../../../platform/csv/toTable.ts';
import type { DocumentReader } from '../../../platform/documents/DocumentReader.ts';
import type { ReadDocument } from '../../../platform/documents/documentContract.ts';
import { documentKindOf } from '../../../platform/documents/documentKind.ts';
import { findHeader, headerAt } from './findHeader.ts';

/** A table of answers, and how to read it where it does not say so itself. */
export interface AnswerTableOrder {
	input: TableInput;
	/** For what is said of the file. */
	fileName?: string | undefined;
	encoding?: string | undefined;
	delimiter?: string | undefined;
	/** The name of the sheet of a workbook; left out: the first with rows under its header. */
	sheet?: string | undefined;
	/** The row of the header, as a spreadsheet counts; left out: the likely one (findHeader.ts). */
	headerRow?: number | undefined;
}

/** A table as it was read; of a workbook with the names of its sheets and the one that it is. */
export interface AnswerTable extends Table {
	sheets: string[];
	sheet: string | null;
}

type Sheet = Extract<ReadDocument, { kind: 'sheets' }>['sheets'][number];

/**
 * Reads a table of answers from CSV, in any encoding and with any delimiter, or from a workbook (XLSX), by what the file is.
 *
 * @throws CSV_INVALID, TOO_LARGE, INVALID_INPUT of an unknown encoding, DOCUMENT_INVALID of a workbook that cannot be read, and NOT_FOUND
 * of a sheet that it does not have.
 */
export async function readAnswerTable(order: AnswerTableOrder, documents: Pick<DocumentReader, 'read'>): Promise<AnswerTable> {
	const { input, fileName = '', sheet, headerRow } = order;
	const find = headerRow === undefined ? findHeader : headerAt(headerRow);
	if ('bytes' in input && isFalseWorkbook(input.bytes, fileName)) throw invalidTable('notWorkbook');
	if ('text' in input || !isOfficeFile(input.bytes)) return { ...(await readTable(input, { ...order, findHeader: find })), sheets: [], sheet: null };
	if (input.bytes.length > tableLimits.bytes) throw failure('TOO_LARGE', { limitBytes: tableLimits.bytes });
	const document = await documents.read({ bytes: input.bytes, fileName });
	if (document.kind !== 'sheets') throw invalidTable('document');
	const chosen = chooseSheet(document.sheets, sheet);
	const table = toTable(recordsOf(chosen), { encoding: '', delimiter: '', written: null }, find);
	return { ...table, sheets: document.sheets.map(({ name }) => name), sheet: chosen.name };
}

/**
 * What is called a workbook and is none: with bytes in it that no text has, or without a second line, as what a server answers in place of a file. A
 * table of text under that name is read as what it is; systems call any table `.xls`, also of one line.
 */
function isFalseWorkbook(bytes: Uint8Array, fileName: string): boolean {
	const start = bytes.subarray(0, 4096);
	if (!/\.(xlsx?|xlsm|ods)$/i.test(fileName) || isOfficeFile(bytes) || /^\s*</.test(Buffer.from(start).toString('latin1'))) return false;
	// In UTF-16 any byte can be half of a letter.
	const isWide = /^(\xFF\xFE|\xFE\xFF)/.test(Buffer.from(start.subarray(0, 2)).toString('latin1'));
	const isText = isWide || !start.some((byte) => byte > 0 && byte < 9);
	return !isText || (!/\.xls$/i.test(fileName) && !start.some((byte) => byte === 0x0a || byte === 0x0d));
}

function isOfficeFile(bytes: Uint8Array): boolean {
	const kind = documentKindOf(bytes);
	return kind === 'zip' || kind === 'cfb';
}

function chooseSheet(sheets: readonly Sheet[], name: string | undefined): Sheet {
	const filled = ({ rows }: Sheet) => rows.filter((row) => !isBlank(row)).length;
	const chosen =
		name === undefined
			? (sheets.find((sheet) => filled(sheet) > 1) ?? sheets.find((sheet) => filled(sheet) > 0) ?? sheets[0])
			: sheets.find((sheet) => sheet.name === name);
	if (!chosen) throw failure('NOT_FOUND', { what: 'sheet' });
	return chosen;
}

function recordsOf({ rows }: Sheet): TableRow[] {
	const records: TableRow[] = [];
	for (const [index, cells] of rows.entries()) {
		if (isBlank(cells)) continue;
		if (cells.length > tableLimits.columns) throw tooWide(index + 1);
		if (records.length > tableLimits.rows) throw tooLong(index + 1, tableLimits.rows);
		records.push({ row: index + 1, cells });
	}
	return records;
}

function isBlank(cells: readonly string[]): boolean {
	return cells.every((cell) => cell.trim() === '');
}
