import { columnNames } from './columnNames.ts';
import { invalidTable } from './invalidTable.ts';
import type { FindHeader, Table, TableOddity, TableRow } from './readTable.ts';

/**
 * Makes a table of rows of cells, of which the first is the header unless `findHeader` says otherwise, and tells every oddity by row and column.
 *
 * The rows are kept as they are; wholly blank ones are to be left out, with the numbers of the others as they were. Without any row it is
 * `CSV_INVALID`.
 */
export function toTable(records: readonly TableRow[], source: Pick<Table, 'encoding' | 'delimiter' | 'written'>, findHeader: FindHeader = () => 0): Table {
	const at = records.length === 0 ? 0 : findHeader(records);
	const [first, ...rows] = records.slice(at);
	if (first === undefined) throw invalidTable('empty');
	const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), first.cells.length);
	const header = Array.from({ length: width }, (_, index) => first.cells[index] ?? '');
	const columns = columnNames(header);
	const problems = [...headerProblems(first, columns), ...rows.flatMap((row) => rowProblems(row, columns, first.cells.length))];
	return { ...source, above: records.slice(0, at), headerRow: first.row, header, columns, rows, problems };
}

function headerProblems(first: TableRow, columns: string[]): TableOddity[] {
	return columns.flatMap((column, index): TableOddity[] => {
		const name = first.cells[index]?.trim();
		if (name === undefined) return [];
		if (name === '') return [{ row: first.row, column, code: 'unnamedColumn', detail: column }];
		return columnNames([name])[0] === column ? [] : [{ row: first.row, column, code: 'duplicateColumn', detail: name }];
	});
}

function rowProblems({ row, cells }: TableRow, columns: string[], expected: number): TableOddity[] {
	const problems: TableOddity[] = [];
	if (cells.length !== expected) {
		// The column where it goes wrong: the first one missing, or the first one too many.
		const column = columns[Math.min(cells.length, expected)] ?? null;
		problems.push({ row, column, code: 'raggedRow', detail: `${cells.length}/${expected}` });
	}
	for (const [index, cell] of cells.entries()) {
		if (cell.includes('\uFFFD')) problems.push({ row, column: columns[index] ?? null, code: 'undecodable', detail: around(cell) });
	}
	return problems;
}

function around(cell: string): string {
	const at = cell.indexOf('\uFFFD');
	return cell.slice(Math.max(0, at - 20), at + 20);
}
