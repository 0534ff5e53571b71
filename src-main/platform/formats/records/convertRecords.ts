import { formatOf } from '../formats.ts';
import type { Value } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { Flattener } from '../table/flatten.ts';
import { WorkbookPacker } from '../workbook/WorkbookPacker.ts';
import { onlySheet, tooManyRows, workbookLimits } from '../workbook/workbookOptions.ts';
import { chosenRecords, type RecordsOrder } from './chosenRecords.ts';
import { eachPiece, type Pieced } from './eachPiece.ts';
import { JsonColumns } from './JsonColumns.ts';
import { JsonCopier, type WrittenRecords } from './JsonCopier.ts';
import { RecordReducer } from './RecordReducer.ts';
import { type RecordTarget, type RecordWriter, recordWriter } from './RecordWriter.ts';

/** How far a conversion is. */
export interface RecordsProgress {
	/** A table whose columns are not told is made in two passes over the source: in the first they are found. */
	pass: number;
	passes: number;
	readBytes: number;
	records: number;
}

export interface RecordsControl {
	/** Ends the conversion with the signal's reason. */
	signal?: AbortSignal;
	/** Called after every piece of the source, up to some hundred times a second. */
	onProgress?(progress: RecordsProgress): void;
}

/**
 * Converts records as they come, in bounded memory: what is yielded is the result, piece by piece, and no more of the source is read before the
 * last piece was taken. `open` gives the source anew for each pass.
 *
 * @throws FormatError with its line; what was yielded until then is no whole result
 */
export async function* convertRecords(
	open: () => AsyncIterable<Uint8Array>,
	order: RecordsOrder,
	notes: NoteBook,
	control: RecordsControl = {},
): AsyncGenerator<Uint8Array> {
	const { write = {} } = order;
	const isTable = order.to === 'csv' || order.to === 'tsv' || order.to === 'xlsx';
	const passes = isTable && write.table?.columns === undefined ? 2 : 1;
	const columns = write.table?.columns ?? (isTable ? await findColumns(open, order, control) : []);
	const writer = recordWriter(order.to, write, columns);
	const packed = order.to === 'xlsx' ? packSheet() : plainBytes();
	yield packed.bytes(writer.begin(notes));
	let count = 0;
	const converter = (head: string) => (needsValues(order) ? undefined : copier(order, notes)) ?? valueConverter(order, head, writer, notes);
	for await (const { made, readBytes } of eachPiece(open(), order.read ?? {}, notes, control.signal, converter)) {
		count += made.records;
		control.onProgress?.({ pass: passes, passes, readBytes, records: count });
		if (made.text !== '') yield packed.bytes(made.text);
	}
	yield packed.bytes(writer.end());
	yield packed.end();
}

/** What text becomes in the file. */
interface Packed {
	bytes(text: string): Uint8Array;
	end(): Uint8Array;
}

function plainBytes(): Packed {
	const encoder = new TextEncoder();
	return { bytes: (text) => encoder.encode(text), end: () => new Uint8Array(0) };
}

function packSheet(): Packed {
	const packer = new WorkbookPacker([onlySheet]);
	packer.begin();
	return {
		bytes: (text) => {
			packer.write(text);
			return packer.take();
		},
		end: () => {
			packer.end();
			return packer.take();
		},
	};
}

/** JSON stays JSON without becoming values. */
function copier({ from, to, write }: RecordsOrder, notes: NoteBook): Pieced<WrittenRecords> | undefined {
	if (!isJson(from) || !isJson(to)) return undefined;
	return new JsonCopier(from, { to, indent: write?.indent ?? 0 }, notes);
}

function isJson(format: RecordTarget): format is 'json' | 'jsonl' {
	return format === 'json' || format === 'jsonl';
}

/** Whether records are looked into: to choose, to sort, to replace `<<` by what it refers to. */
function needsValues({ read, write, choose }: RecordsOrder): boolean {
	return choose !== undefined || write?.sortKeys === true || read?.mergeKeys === 'apply';
}

/** Makes values of records, reduces them to what the target holds and writes them. */
function valueConverter(order: RecordsOrder, head: string, writer: RecordWriter, notes: NoteBook): Pieced<WrittenRecords> {
	const reader = chosenRecords(order, head, notes);
	const reducer = new RecordReducer(formatOf(order.to).holds, notes, order.read);
	let first = 0;
	const written = (records: Value[]): WrittenRecords => {
		notes.pathOf = (path) => movedPath(path, first);
		const text = writer.write(reducer.reduce(records, reader.areBare), notes, reader.areBare);
		notes.pathOf = undefined;
		first += records.length;
		return { text, records: records.length };
	};
	return { feed: (text) => written(reader.feed(text)), end: () => written(reader.end()) };
}

/** Looks all records through for the columns of their table. */
async function findColumns(open: () => AsyncIterable<Uint8Array>, order: RecordsOrder, control: RecordsControl): Promise<readonly string[]> {
	const flattener = new Flattener(new NoteBook());
	let count = 0;
	const notes = new NoteBook();
	const reducer = new RecordReducer(formatOf(order.to).holds, notes, order.read);
	const surveyor = (head: string): Pieced<number> => {
		if (isJson(order.from) && !needsValues(order)) return new JsonColumns(order.from, flattener);
		const reader = chosenRecords(order, head, notes);
		const survey = (records: Value[]) => {
			// What is bare has the same columns when it is reduced.
			for (const record of reader.areBare ? records : reducer.reduce(records, false)) flattener.survey(record);
			return records.length;
		};
		return { feed: (text) => survey(reader.feed(text)), end: () => survey(reader.end()) };
	};
	for await (const { made, readBytes } of eachPiece(open(), order.read ?? {}, notes, control.signal, surveyor)) {
		count += made;
		control.onProgress?.({ pass: 1, passes: 2, readBytes, records: count });
		// Beside its header a sheet holds one row less.
		if (order.to === 'xlsx' && count >= workbookLimits.rows) throw tooManyRows(onlySheet);
	}
	return flattener.columns;
}

/** Records are counted from the first of all, not from the first of their piece. */
function movedPath(path: string, by: number): string {
	return path.replace(/^\$\[(\d+)\]/, (_, index: string) => `$[${Number(index) + by}]`);
}
