import type { TermFields } from '#contract/glossary.ts';
import { writeCsv } from '../../platform/csv/writeCsv.ts';

/** Writes a glossary as CSV for spreadsheets, translation programs and `readTermTable`; what stays as it is has itself as its translation. */
export function writeTermTable(terms: readonly TermFields[]): string {
	const rows = terms.map(({ source, target, kind, gender, note }) => [source, target === '' ? source : target, kind, gender, note]);
	return writeCsv(['source', 'target', 'kind', 'gender', 'note'], rows);
}
