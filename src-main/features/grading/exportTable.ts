import { stringify } from 'csv-stringify/sync';
import type { Submission } from '#contract/grading.ts';
import { columnNames } from '../../platform/csv/columnNames.ts';
import { withoutFormula } from '../../platform/csv/writeCsv.ts';

const added = ['score', 'feedback', 'suggestions', 'graded_by'];

/**
 * Writes the table as it came, every column and cell in its place, with the grades in columns of their own behind it.
 *
 * A cell that a spreadsheet would run as a formula gets an apostrophe before it; a number with its sign is none.
 *
 * The teacher's mark wins over the model's proposal; a submission that has neither gets empty cells, never a score. UTF-8 with a
 * byte order mark and CRLF, which spreadsheets read without being asked.
 */
export function exportTable(header: readonly string[], rows: readonly { shown: Submission; cells: readonly string[] }[]): string {
	const records = rows.map(({ shown, cells }) => [...header.map((_, index) => noFormula(cells[index] ?? '')), ...gradeCells(shown)]);
	return stringify([[...header, ...addedNames(header)], ...records], { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/** A table that was exported and graded once more has columns of these names already. */
function addedNames(header: readonly string[]): string[] {
	return columnNames([...header, ...added]).slice(header.length);
}

function gradeCells({ proposal, mark }: Submission): string[] {
	const settled = mark ?? proposal;
	if (!settled) return added.map(() => '');
	return [
		String(settled.score),
		withoutFormula(settled.feedback),
		withoutFormula((proposal?.suggestions ?? []).join('\n')),
		mark ? 'teacher' : withoutFormula(proposal?.modelName ?? ''),
	];
}

/** What a student wrote is given back as text, never run: `=1+1`, but also `+cmd|…`. Numbers such as -5 or +3,2 stay as they are. */
function noFormula(cell: string): string {
	return /^[+-]?[\d\s.,]+%?$/.test(cell) ? cell : withoutFormula(cell);
}
