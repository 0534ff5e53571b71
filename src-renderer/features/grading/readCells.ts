import { parse } from 'csv-parse/browser/esm/sync';

/** The cells of a pasted table: tabs as spreadsheets copy them, else commas or semicolons. Throws where a quotation mark is not closed. */
export function readCells(text: string): string[][] {
	const line = text.split('\n', 1)[0] ?? '';
	const delimiter = text.includes('\t') ? '\t' : line.split(';').length > line.split(',').length ? ';' : ',';
	const read: unknown = parse(text, { delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: false });
	// Without `columns` each record is a list of texts.
	return read as string[][];
}
