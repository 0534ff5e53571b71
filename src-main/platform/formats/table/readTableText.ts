import { detectDelimiter } from '../../csv/detectDelimiter.ts';
import { withoutHint } from '../../csv/withoutHint.ts';
import { FormatError } from '../FormatError.ts';
import type { Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { CsvScanner } from './CsvScanner.ts';
import { TableRows } from './TableRows.ts';
import type { TableReadOptions } from './tableOptions.ts';

/**
 * Reads CSV or TSV: a list of its records, each with its cells by the names of the columns, in their order and with their duplicates. Cells are
 * text and stay as they are unless types are asked for.
 *
 * @throws FormatError with the line where a row begins that cannot be read
 */
export function readTableText(text: string, notes: NoteBook, options: TableReadOptions = {}): Value {
	const { text: table, hint } = withoutHint(text);
	if (hint !== undefined) notes.add({ code: 'delimiterHint', kind: 'convention', line: 1, what: `sep=${hint}` });
	const delimiter = options.delimiter ?? hint ?? detectDelimiter(table);
	try {
		return { kind: 'sequence', items: readRecords(table, delimiter, notes, options, false) };
	} catch (error) {
		if (!(error instanceof FormatError) || error.code !== 'looseQuote') throw error;
		notes.add({ code: 'looseQuote', kind: 'convention', ...(error.line !== undefined && { line: error.line }) });
		return { kind: 'sequence', items: readRecords(table, delimiter, notes, options, true) };
	}
}

function readRecords(text: string, delimiter: string, notes: NoteBook, options: TableReadOptions, isLoose: boolean): Value[] {
	const rows = new TableRows(options, notes);
	const records: Value[] = [];
	const scanner = new CsvScanner(
		(cells, line) => {
			const record = rows.record(cells, line);
			if (record) records.push(record);
		},
		{ delimiter, isLoose, quotesMatter: quotesMatter(options) },
	);
	for (let at = 0; at < text.length; ) {
		const end = cutAt(text, at + 65_536);
		scanner.feed(text.slice(at, end));
		at = end;
	}
	scanner.end();
	return records;
}

/** Never between the halves of a surrogate pair. */
function cutAt(text: string, at: number): number {
	const code = text.charCodeAt(at - 1);
	return code >= 0xd800 && code <= 0xdbff ? at + 1 : at;
}

/** Whether a cell is quoted counts where something depends on it. */
export function quotesMatter({ types, empty = 'text', nullWord }: TableReadOptions): boolean {
	return types === 'unquoted' || empty !== 'text' || nullWord !== undefined;
}
