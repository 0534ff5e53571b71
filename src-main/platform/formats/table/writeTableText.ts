import type { Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { flatten } from './flatten.ts';
import { recordsOf } from './recordsOf.ts';
import { TableWriter } from './TableWriter.ts';
import type { TableWriteOptions } from './tableOptions.ts';

/** Writes data as a table: records with what lies in them in columns of their own (flatten.ts). */
export function writeTableText(root: Value, notes: NoteBook, options: TableWriteOptions = {}): string {
	const writer = new TableWriter(notes, options);
	const { records, areLists } = recordsOf(root, notes);
	const begin = options.bom ? '\uFEFF' : '';
	if (areLists) return begin + records.map((record, index) => writer.row(record.kind === 'sequence' ? (record.items as never[]) : [], index)).join('');
	const { columns, rows } = flatten(records, notes, options.columns);
	if (columns.length === 0 && rows.length > 0) notes.add({ code: 'emptyRecords', kind: 'lost', what: String(rows.length) });
	if (columns.length === 0) return begin;
	return begin + (options.header === false ? '' : writer.header(columns)) + rows.map((row, index) => writer.row(row, index)).join('');
}
