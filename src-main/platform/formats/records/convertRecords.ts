import { FormatError } from '../FormatError.ts';
import { formatOf } from '../formats.ts';
import type { Value } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import type { ReadOptions, WriteOptions } from '../options.ts';
import { reduceData } from '../reduceData.ts';
import { Flattener } from '../table/flatten.ts';
import { decodeChunks } from './decodeChunks.ts';
import { LineCounter } from './LineCounter.ts';
import { type RecordFormat, type RecordReader, recordReader } from './RecordReader.ts';
import { recordWriter } from './RecordWriter.ts';

/** Records of one format to be written in another, one after another. */
export interface RecordsOrder {
	from: RecordFormat;
	to: RecordFormat;
	read?: ReadOptions;
	write?: WriteOptions;
}

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
	const isTable = order.to === 'csv' || order.to === 'tsv';
	const passes = isTable && write.table?.columns === undefined ? 2 : 1;
	const columns = write.table?.columns ?? (isTable ? await findColumns(open, order, control) : []);
	const writer = recordWriter(order.to, write, columns);
	const { holds } = formatOf(order.to);
	const encoder = new TextEncoder();
	yield encoder.encode(writer.begin(notes));
	let count = 0;
	for await (const { records, readBytes } of readRecords(open(), order, notes, control)) {
		const first = count;
		notes.pathOf = (path) => movedPath(path, first);
		const text = writer.write(reduced(records, holds, notes, order.read), notes);
		notes.pathOf = undefined;
		count += records.length;
		control.onProgress?.({ pass: passes, passes, readBytes, records: count });
		if (text !== '') yield encoder.encode(text);
	}
	yield encoder.encode(writer.end());
}

/** The records of a source, as many at a time as a piece of it has. */
export async function* readRecords(
	chunks: AsyncIterable<Uint8Array>,
	{ from, read = {} }: Pick<RecordsOrder, 'from' | 'read'>,
	notes: NoteBook,
	{ signal }: RecordsControl = {},
): AsyncGenerator<{ records: Value[]; readBytes: number }> {
	const lines = new LineCounter();
	notes.placeOf = lines.placeOf;
	let reader: RecordReader | undefined;
	let last = 0;
	try {
		for await (const { text, readBytes } of decodeChunks(chunks, read.encoding, notes)) {
			signal?.throwIfAborted();
			lines.add(text);
			reader ??= recordReader(from, text, read, notes);
			last = readBytes;
			yield { records: reader.feed(text), readBytes };
		}
		signal?.throwIfAborted();
		reader ??= recordReader(from, '', read, notes);
		yield { records: reader.end(), readBytes: last };
	} catch (error) {
		throw error instanceof FormatError ? error.placed(lines.placeOf) : error;
	}
}

/** Looks all records through for the columns of their table. */
async function findColumns(open: () => AsyncIterable<Uint8Array>, order: RecordsOrder, control: RecordsControl): Promise<readonly string[]> {
	const flattener = new Flattener(new NoteBook());
	let count = 0;
	for await (const { records, readBytes } of readRecords(open(), order, new NoteBook(), control)) {
		for (const record of reduced(records, formatOf(order.to).holds, new NoteBook(), order.read)) flattener.survey(record);
		count += records.length;
		control.onProgress?.({ pass: 1, passes: 2, readBytes, records: count });
	}
	return flattener.columns;
}

function reduced(records: Value[], holds: Parameters<typeof reduceData>[1], notes: NoteBook, read: ReadOptions | undefined): readonly Value[] {
	const [document] = reduceData({ documents: [{ root: { kind: 'sequence', items: records } }] }, holds, notes, read).documents;
	return document?.root?.kind === 'sequence' ? document.root.items : [];
}

/** Records are counted from the first of all, not from the first of their piece. */
function movedPath(path: string, by: number): string {
	return path.replace(/^\$\[(\d+)\]/, (_, index: string) => `$[${Number(index) + by}]`);
}
