import { setImmediate } from 'node:timers/promises';
import { CsvError, type Parser, parse } from 'csv-parse';
import { type ErrorData, type Failure, failure } from '#contract/errors.ts';
import { decodeText } from '../text/decodeText.ts';
import { foreignKind } from '../text/foreignKind.ts';
import { detectDelimiter } from './detectDelimiter.ts';
import { invalidTable } from './invalidTable.ts';
import { toTable } from './toTable.ts';
import { withoutHint } from './withoutHint.ts';

/** The most that is read of a table. */
export const tableLimits = { bytes: 33_554_432, rows: 20_000, columns: 500, rowCharacters: 1_048_576 };

/** Something odd in a table, and where. */
export interface TableOddity {
	row: number;
	column: string | null;
	code: 'raggedRow' | 'undecodable' | 'unnamedColumn' | 'duplicateColumn';
	detail: string;
}

/** How to read a table where it does not say so itself, and how much of one at most. */
export interface TableReading {
	encoding?: string | undefined;
	delimiter?: string | undefined;
	/** In place of those of `tableLimits`. */
	limits?: { bytes: number; rows: number } | undefined;
	/** Tells at which place among the rows that are not blank the header stands; left out: it is the first of them. */
	findHeader?: FindHeader | undefined;
}

export type FindHeader = (records: readonly TableRow[]) => number;

/** What a table comes from: what was pasted, or the bytes of a file. */
export type TableInput = { text: string } | { bytes: Uint8Array };

export interface TableRow {
	/** As a spreadsheet counts it, from 1. */
	row: number;
	/** As they came; a ragged row has more or fewer than there are columns. */
	cells: string[];
}

export interface Table {
	/** Of the text that it was read from; empty where it came from no text. */
	encoding: string;
	/** Empty as well where it came from no text. */
	delimiter: string;
	/** The first line end of a file, and whether it began with a byte order mark; null of what came from no bytes of text. */
	written: { lineEnd: '\r\n' | '\n' | '\r'; hasMark: boolean } | null;
	/** The rows that stand above the header, such as a title, as they came; blank ones are not among them. */
	above: TableRow[];
	/** Where the header stands, as a spreadsheet counts. */
	headerRow: number;
	/** The header as it came, widened with empty names to the widest row. */
	header: string[];
	/** A name for each column that no other has (columnNames.ts). */
	columns: string[];
	rows: TableRow[];
	problems: TableOddity[];
}

/**
 * Reads a table from CSV of any common encoding and delimiter, and tells every oddity by row and column.
 *
 * Every row with anything in it is kept as it came: cells are text and stay as they are, zeros in front included. Wholly blank
 * rows are passed over, but counted, so that row numbers are those of a spreadsheet. A table that cannot be read is `CSV_INVALID`
 * with the row and a reason, one over the size limit `TOO_LARGE`. Gives way to other work between slices of a large file.
 */
export async function readTable(input: TableInput, options: TableReading = {}): Promise<Table> {
	const limits = { ...tableLimits, ...options.limits };
	if ('bytes' in input) refuseForeign(input.bytes, limits.bytes);
	const decoded = 'bytes' in input ? await decodeText(input.bytes, options.encoding) : { text: input.text, encoding: 'utf-8' };
	if (webPage.test(decoded.text)) throw invalidTable('webPage');
	if ('bytes' in input && isNoise(decoded.text)) throw invalidTable('notText');
	const { text, hint } = withoutHint(decoded.text.replace(/^\uFEFF/, ''));
	const delimiter = options.delimiter ?? hint ?? detectDelimiter(text);
	const written = 'bytes' in input ? { lineEnd: lineEndOf(decoded.text), hasMark: beginsWithMark(input.bytes) } : null;
	return toTable(await readRecords(text, delimiter, limits.rows), { encoding: decoded.encoding, delimiter, written }, options.findHeader);
}

function lineEndOf(text: string): '\r\n' | '\n' | '\r' {
	const [found] = /\r\n|\n|\r/.exec(text) ?? [];
	return found === '\n' || found === '\r' ? found : '\r\n';
}

function beginsWithMark([first, second, third]: Uint8Array): boolean {
	return (first === 0xef && second === 0xbb && third === 0xbf) || (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** What the programs of schools write under the name of a table: a page of the web, or the XML of old spreadsheets. */
const webPage = /^[\s\uFEFF]*(?:<\?xml[^>]{0,500}>\s*)?(?:<\?mso[^>]{0,500}>\s*)?<(?:!doctype\s+html|html|head|body|meta|style|table|Workbook)\b/i;

/** Whether one in twenty characters is one that nobody writes, more than a text with a damaged place has: a program's own file, or what a broken disk left of one. */
function isNoise(text: string): boolean {
	const beginning = text.slice(0, 65_536);
	return [...beginning.matchAll(unwritten)].length > Math.max(24, beginning.length / 20);
}

/** Control characters that are no tab and no end of a line or page. */
const unwritten = /[^\P{Cc}\t\n\v\f\r]/gu;

/** Refuses what is no text at all: the files of spreadsheet programs, pictures, and what is over the limit (`TOO_LARGE`). */
function refuseForeign(bytes: Uint8Array, limitBytes: number): void {
	if (bytes.length > limitBytes) throw failure('TOO_LARGE', { limitBytes });
	const kind = foreignKind(bytes);
	if (kind === 'office' || kind === 'archive') throw invalidTable('spreadsheet');
	if (kind === 'pdf' || kind === 'media') throw invalidTable('picture');
}

async function readRecords(text: string, delimiter: string, mostRows: number): Promise<TableRow[]> {
	const parser = parse({
		delimiter,
		record_delimiter: ['\r\n', '\n', '\r'],
		relax_quotes: true,
		relax_column_count: true,
		skip_empty_lines: false,
		max_record_size: tableLimits.rowCharacters,
	});
	const records: TableRow[] = [];
	let row = 0;
	const fed = feed(parser, text);
	try {
		for await (const record of parser) {
			// csv-parse gives arrays of text as long as no columns and casts are asked for.
			const cells = record as string[];
			row++;
			if (cells.every((cell) => cell.trim() === '')) continue;
			if (cells.length > tableLimits.columns) throw tooWide(row);
			if (records.length > mostRows) throw tooLong(row, mostRows);
			records.push({ row, cells });
		}
		await fed;
	} catch (error) {
		parser.destroy();
		// The row that the parser was in: those it had read but not handed over are lost with the error.
		throw error instanceof CsvError ? invalidTable(reasonOf(error), { row: parser.info.records + 1 }, error) : error;
	}
	return records;
}

/** Writes slices as fast as the parser takes them, giving way to the event loop after each. */
async function feed(parser: Parser, text: string): Promise<void> {
	for (let at = 0; at < text.length && !parser.destroyed; at += 65_536) {
		parser.write(text.slice(at, at + 65_536));
		await setImmediate();
	}
	if (!parser.destroyed) parser.end();
}

/** Said of a table with more columns than are read. */
export function tooWide(row: number): Failure<'CSV_INVALID'> {
	return invalidTable('tooManyColumns', { row, limit: tableLimits.columns });
}

/** Said of a table with more rows than are taken. */
export function tooLong(row: number, mostRows: number): Failure<'CSV_INVALID'> {
	return invalidTable('tooManyRows', { row, limit: mostRows });
}

function reasonOf({ code }: CsvError): ErrorData<'CSV_INVALID'>['reason'] {
	if (code === 'CSV_QUOTE_NOT_CLOSED') return 'quoteOpen';
	return code === 'CSV_MAX_RECORD_SIZE' ? 'rowTooLong' : 'malformed';
}
