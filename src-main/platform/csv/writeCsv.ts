import { stringify } from 'csv-stringify/sync';

/** Writes a table for spreadsheets: UTF-8 with a byte order mark and CRLF, and no text in it is a formula. */
export function writeCsv(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
	const records = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? withoutFormula(cell) : (cell ?? ''))));
	return stringify([[...header], ...records], { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/** A cell that begins like this is a formula to a spreadsheet; with an apostrophe before it, it is text. */
export function withoutFormula(text: string): string {
	return isFormula(text) ? `'${text}` : text;
}

export function isFormula(text: string): boolean {
	return /^[=+\-@\t\r＝＋－＠]/.test(text);
}
