/** How CSV and TSV are read. What is left out is found out or the usual. */
export interface TableReadOptions {
	/** One character; found out by the first rows when it is left out (TSV: a tab). */
	delimiter?: string;
	/** The first row names the columns (the usual); without one, each row is a list. */
	header?: boolean;
	/** Cells that are numbers, `true` or `false` of JSON become those, with their digits as written: never (the usual), unless they are quoted, or always. */
	types?: 'none' | 'unquoted' | 'all';
	/** What a cell with nothing in it is, unless it is quoted, which is always an empty text. */
	empty?: 'text' | 'null' | 'missing';
	/** A word that stands for null when it is not quoted: `NULL`, `\N`. */
	nullWord?: string;
	/** Columns such as `a.b` and `list.0` make what lies in one another (flatten.ts). */
	nested?: boolean;
	/** `unescape` takes the apostrophe away that keeps a text from being a formula. */
	formulas?: 'keep' | 'unescape';
}

/** How CSV and TSV are written. */
export interface TableWriteOptions {
	/** One character; a comma unless told (TSV: a tab). */
	delimiter?: string;
	header?: boolean;
	lineEnd?: '\n' | '\r\n';
	/** A byte order mark, by which spreadsheets know UTF-8. */
	bom?: boolean;
	/** `escape` (the usual) puts an apostrophe before a text that a spreadsheet would take for a formula. */
	formulas?: 'escape' | 'keep';
	/** What null is written as; nothing unless told. */
	nullWord?: string;
	/** The columns and their order; found in a first pass when they are left out. */
	columns?: readonly string[];
}

/** How what `writeTable` wrote is read to be again what it was. */
export const writtenBack: TableReadOptions = { types: 'unquoted', empty: 'missing', nested: true, formulas: 'unescape' };
