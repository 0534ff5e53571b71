import { FormatError } from '../FormatError.ts';
import type { TableReadOptions } from '../table/tableOptions.ts';

/** What the sheet of a workbook is called that has one. */
export const onlySheet = 'Sheet1';

/** How a workbook is read. */
export interface WorkbookReadOptions extends Pick<TableReadOptions, 'header' | 'nested'> {
	/** Sheets by their names, also where there is only one; otherwise that is simply its list of records. */
	namesSheets?: boolean;
	/** The name of the one sheet to read. */
	sheet?: string;
	/** One sheet alone is wanted: unless `sheet` names it, the first that is seen and has values; of the others is told that they are lost. */
	oneSheet?: boolean;
}

/**
 * The most a workbook may hold: what XLSX allows (columns, rows, characters of a cell), and what is read into memory. A cell takes about 900 bytes
 * while a workbook is read, so that two million fit a thread.
 */
export const workbookLimits = { columns: 16_384, rows: 1_048_576, cells: 2_000_000, cellCharacters: 32_767, inflatedBytes: 256 * 1024 * 1024 };

export function tooManyCells(cells: number): FormatError {
	return new FormatError('tooManyCells', `The workbook has ${cells} cells, and ${workbookLimits.cells} are taken at the most.`, {
		detail: String(workbookLimits.cells),
	});
}

export function tooManyRows(sheet: string): FormatError {
	const detail = String(workbookLimits.rows);
	return new FormatError('tooManyRows', `The sheet ${sheet} would have more than ${detail} rows, which XLSX holds.`, { path: `$["${sheet}"]`, detail });
}
