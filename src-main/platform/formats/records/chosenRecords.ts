import type { Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import type { ReadOptions, WriteOptions } from '../options.ts';
import { sortKeys } from '../sortKeys.ts';
import { type RecordFormat, type RecordReader, recordReader } from './RecordReader.ts';
import type { RecordTarget } from './RecordWriter.ts';

/** Records of one format to be written in another, one after another. */
export interface RecordsOrder {
	from: RecordFormat;
	to: RecordTarget;
	read?: ReadOptions;
	write?: WriteOptions;
	/** Takes of records, a few at a time, what is to be written in their place. */
	choose?: (records: Value[]) => Value[];
}

/** The records of a source that are wanted, in the form in which they are. */
export function chosenRecords({ from, read = {}, write, choose }: RecordsOrder, head: string, notes: NoteBook): RecordReader {
	const reader = recordReader(from, head, read, notes);
	const wanted = (records: Value[]): Value[] => {
		const chosen = choose ? choose(records) : records;
		if (!write?.sortKeys) return chosen;
		return sortKeys({ documents: chosen.map((root) => ({ root })) }).documents.flatMap(({ root }) => root ?? []);
	};
	return {
		feed: (text) => wanted(reader.feed(text)),
		end: () => wanted(reader.end()),
		get areBare() {
			return reader.areBare;
		},
	};
}
