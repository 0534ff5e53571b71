import type { TableRow } from '../../../platform/csv/readTable.ts';
import { countMeanings } from './guessLayout.ts';

/** The last row that can be a header: no title is longer. */
export const lastHeaderRow = 20;

/**
 * Finds the header among the rows of a table that are not blank, for a table whose header may have a title above it; gives its place among them.
 *
 * It is the first row with more than half as many filled cells as the rows of the table have (as three of four of them have at most), unless
 * only one below it has names that mean something here. It is the very first row where that has such names, or where no row is like that.
 */
export function findHeader(records: readonly TableRow[]): number {
	const meanings = (at: number) => countMeanings(records[at]?.cells ?? []);
	if (meanings(0) > 1) return 0;
	const filled = records.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
	const usual = filled.toSorted((a, b) => a - b)[Math.floor(filled.length * 0.75)] ?? 0;
	const wide = records.flatMap(({ row }, at) => (row <= lastHeaderRow && (filled[at] ?? 0) > Math.max(1, usual / 2) ? [at] : []));
	const [first = 0] = wide;
	if ((filled[first] ?? 0) >= usual && meanings(first) > 0) return first;
	return wide.find((at) => meanings(at) > 1) ?? first;
}

/** Finds the header that somebody chose: the first row with anything in it from `row` on, as a spreadsheet counts. */
export function headerAt(row: number): (records: readonly TableRow[]) => number {
	return (records) => {
		const at = records.findIndex((record) => record.row >= row);
		return at === -1 ? records.length : at;
	};
}
