import { failure } from '#contract/errors.ts';
import type { ExampleColumns, ExampleTurn } from '#contract/finetune.ts';
import { readTable, type TableReading } from '../../platform/csv/readTable.ts';
import { refusal } from './checkTurns.ts';
import { createBreaks } from './createBreaks.ts';
import { datasetLimits, type ExampleCollector } from './ExampleCollector.ts';
import { guessColumns } from './guessColumns.ts';

/** What a table turned out to be. */
export interface ReadTable {
	delimiter: string;
	columns: string[];
	/** Rows with anything in them, under the header. */
	rowCount: number;
	/** Null where no column says what it is: there are no examples then. */
	chosen: ExampleColumns | null;
}

/**
 * Gathers the examples of a table: one from each row.
 *
 * A row that has nothing in the column of the prompt, but something in that of the system, asks by that: tables with an `instruction` and
 * an `input` leave the second empty where there is none. One with more cells than the header is left out, since its cells stand in the
 * wrong columns.
 *
 * @throws CSV_INVALID, CSV_COLUMN_MISSING.
 */
export async function readTableExamples(text: string, reading: TableReading, columns: ExampleColumns | undefined, into: ExampleCollector): Promise<ReadTable> {
	const table = await readTable({ text }, { delimiter: reading.delimiter, limits: { bytes: datasetLimits.bytes, rows: datasetLimits.examples } });
	const chosen = columns ?? guessColumns(table.columns);
	const about = { delimiter: table.delimiter, columns: table.columns, rowCount: table.rows.length, chosen };
	if (chosen === null) return about;
	const at = (column: string) => {
		const index = table.columns.indexOf(column);
		if (index === -1) throw failure('CSV_COLUMN_MISSING', { column, found: table.columns.slice(0, 100) });
		return index;
	};
	const index = { prompt: at(chosen.prompt), answer: at(chosen.answer), system: chosen.system === null ? -1 : at(chosen.system) };
	const width = headerWidth(table.header);
	const rest = createBreaks();
	for (const { row, cells } of table.rows) {
		await rest();
		const [prompt = '', answer = '', system = ''] = [cells[index.prompt], cells[index.answer], cells[index.system]];
		const broken = [prompt, answer, system].find((cell) => cell.includes('\uFFFD'));
		if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
			into.refuse(row, refusal('unknownShape', null, `${cells.length}/${width}`));
		else if (broken !== undefined) into.refuse(row, refusal('undecodable', null, broken.slice(Math.max(0, broken.indexOf('\uFFFD') - 20))));
		else {
			const { turns, fields } = turnsOf({ prompt, answer, system }, chosen);
			into.take(row, turns, (turn) => fields[turn] ?? null);
		}
	}
	return about;
}

function turnsOf(cells: { prompt: string; answer: string; system: string }, chosen: ExampleColumns): { turns: ExampleTurn[]; fields: (string | null)[] } {
	const turns: ExampleTurn[] = [
		{ role: 'user', content: cells.prompt },
		{ role: 'assistant', content: cells.answer },
	];
	const fields = [chosen.prompt, chosen.answer];
	if (cells.system.trim() === '') return { turns, fields };
	if (cells.prompt.trim() !== '') return { turns: [{ role: 'system', content: cells.system }, ...turns], fields: [chosen.system, ...fields] };
	return { turns: [{ role: 'user', content: cells.system }, ...turns.slice(1)], fields };
}

/** The cells of the header as it came: a table is widened with nameless columns to its widest row. */
function headerWidth(header: readonly string[]): number {
	return header.findLastIndex((name) => name.trim() !== '') + 1;
}
