import type { Scalar, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { flatten } from '../table/flatten.ts';
import { recordsOf } from '../table/recordsOf.ts';
import { SheetWriter } from './SheetWriter.ts';
import { sheetNames } from './sheetNames.ts';
import { WorkbookPacker } from './WorkbookPacker.ts';
import { onlySheet } from './workbookOptions.ts';

/**
 * Writes data as an XLSX workbook: a mapping of lists as a sheet each, anything else as one sheet of its records (`SheetWriter`).
 *
 * @throws FormatError for what XLSX cannot hold: too many rows or columns, a text longer than a cell
 */
export function writeWorkbook(root: Value, notes: NoteBook): Uint8Array {
	const sheets = sheetsOf(root);
	const names = sheetNames(sheets.map(({ name }) => name));
	const packer = new WorkbookPacker(names);
	for (const [index, { name, value }] of sheets.entries()) {
		const legal = names[index] ?? '';
		if (legal !== name) notes.add({ code: 'sheetRenamed', kind: 'changed', what: name, became: legal });
		packer.begin();
		for (const text of sheetOf(value, new SheetWriter(legal, notes), notes)) packer.write(text);
	}
	packer.end();
	return packer.take();
}

/** Sheets by their names where every value of the root is a list of mappings or of rows. */
function sheetsOf(root: Value): { name: string; value: Value }[] {
	const isSheets =
		root.kind === 'mapping' &&
		root.entries.length > 0 &&
		root.entries.every(({ value }) => value.kind === 'sequence' && value.items.every(({ kind }) => kind === 'mapping' || kind === 'sequence'));
	if (!isSheets) return [{ name: onlySheet, value: root }];
	return root.entries.map(({ key, value }) => ({ name: key.kind === 'text' ? key.value : '', value }));
}

function* sheetOf(value: Value, writer: SheetWriter, notes: NoteBook): Generator<string> {
	yield writer.begin();
	const { records, areLists } = recordsOf(value, notes);
	if (areLists) {
		// `areLists`: lists of scalars.
		for (const record of records) yield writer.row(record.kind === 'sequence' ? (record.items as Scalar[]) : []);
	} else {
		const { columns, rows } = flatten(records, notes);
		if (columns.length > 0) {
			yield writer.header(columns);
			for (const row of rows) yield writer.row(row);
		}
	}
	yield writer.end();
}
