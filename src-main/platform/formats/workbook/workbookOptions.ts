import type { TableReadOptions } from '../table/tableOptions.ts';

/** How a workbook is read. */
export interface WorkbookReadOptions extends Pick<TableReadOptions, 'header' | 'nested'> {
	/** Sheets by their names, also where there is only one; otherwise that is simply its list of records. */
	namesSheets?: boolean;
}

/** The most a workbook may hold: what XLSX allows (columns, rows), and what is taken into memory. */
export const workbookLimits = { columns: 16_384, rows: 1_048_576, cells: 5_000_000, cellCharacters: 32_767, inflatedBytes: 512 * 1024 * 1024 };
