import { FormatError } from '../FormatError.ts';
import { type Difference, firstDifference } from '../firstDifference.ts';
import { formatOf } from '../formats.ts';
import type { Sequence, Value } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { chosenRecords, type RecordsOrder } from './chosenRecords.ts';
import { eachPiece, type Pieced } from './eachPiece.ts';
import { type RecordFormat, recordReader } from './RecordReader.ts';
import { RecordReducer } from './RecordReducer.ts';

/** Where the two sides of a check come from, each from its beginning. */
export interface Sides {
	source: AsyncIterable<Uint8Array>;
	result: AsyncIterable<Uint8Array>;
}

/** An order whose result can be read record by record as well. */
export interface ReadableOrder extends RecordsOrder {
	to: RecordFormat;
}

export interface CheckControl {
	signal?: AbortSignal;
	/** Called after every piece of the source with how much of it was compared. */
	onProgress?(readBytes: number): void;
}

/**
 * Reads the result of `convertRecords` again, record by record beside the source, and tells the first record that does not come back as what it was.
 * Undefined where all do. Of either no more is held than a piece.
 *
 * Elements of XML are compared as the data they were led into.
 *
 * @throws FormatError for a source that cannot be read any more
 */
export async function firstRecordDifference({ source, result }: Sides, order: ReadableOrder, control: CheckControl = {}): Promise<Difference | undefined> {
	const became = recordsBack(result, order, control.signal);
	try {
		let first = 0;
		let waiting: readonly Value[] = [];
		const sourceOf = (head: string) => chosenRecords(order, head, new NoteBook());
		for await (const { made, readBytes } of eachPiece(source, order.read ?? {}, new NoteBook(), control.signal, sourceOf)) {
			while (waiting.length < made.length) {
				const next = await nextOf(became);
				if ('difference' in next) return next.difference;
				if (next.records === undefined) break;
				waiting = waiting.length === 0 ? next.records : [...waiting, ...next.records];
			}
			const difference = differenceIn(made, waiting.slice(0, made.length), first);
			if (difference) return difference;
			waiting = waiting.slice(made.length);
			first += made.length;
			control.onProgress?.(readBytes);
		}
		const rest = waiting.length > 0 ? { records: waiting } : await nextOf(became);
		if ('difference' in rest) return rest.difference;
		return rest.records === undefined ? undefined : { path: `$[${first}]`, was: 'nothing', became: 'more records' };
	} finally {
		await became.return(undefined);
	}
}

type Next = { records: readonly Value[] | undefined } | { difference: Difference };

/** The next records of the result; undefined at its end. What cannot be read again is a difference. */
async function nextOf(became: AsyncGenerator<readonly Value[], void>): Promise<Next> {
	try {
		const { value, done } = await became.next();
		return { records: done ? undefined : value };
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		return { difference: { path: '$', was: '', became: error.message } };
	}
}

/** The records of the result as what the source could hold. */
async function* recordsBack(result: AsyncIterable<Uint8Array>, { from, to, read, write }: ReadableOrder, signal: AbortSignal | undefined) {
	const markup = read?.markup ?? write?.markup;
	const options = { ...formatOf(to).readBack?.(write ?? {}), ...(markup && { markup }) };
	const reducer = new RecordReducer(formatOf(from).holds, new NoteBook());
	const open = (head: string): Pieced<readonly Value[]> => {
		const reader = recordReader(to, head, options, new NoteBook());
		const reduced = (records: Value[]) => reducer.reduce(records, reader.areBare);
		return { feed: (text) => reduced(reader.feed(text)), end: () => reduced(reader.end()) };
	};
	for await (const { made } of eachPiece(result, {}, new NoteBook(), signal, open)) if (made.length > 0) yield made;
}

function differenceIn(was: readonly Value[], became: readonly Value[], first: number): Difference | undefined {
	for (let index = 0; index < was.length; index++) {
		const [before, after] = [was[index], became[index]];
		if (before !== undefined && after !== undefined && isSurelyAlike(before, after)) continue;
		const difference = firstDifference(listOf(before), listOf(after), { formatting: true, spelling: true });
		if (difference) return { ...difference, path: difference.path.replace('$[0]', `$[${first + index}]`) };
	}
	return undefined;
}

function listOf(record: Value | undefined) {
	const root: Sequence = { kind: 'sequence', items: record === undefined ? [] : [record] };
	return { documents: [{ root }] };
}

/** Whether two values that carry nothing are alike: what most are, told in a fraction of the time. */
function isSurelyAlike(was: Value, became: Value): boolean {
	if (carriesMore(was) || carriesMore(became)) return false;
	switch (was.kind) {
		case 'null':
			return became.kind === 'null';
		case 'boolean':
			return became.kind === 'boolean' && became.value === was.value;
		case 'number':
			return became.kind === 'number' && became.literal === was.literal;
		case 'text':
			return became.kind === 'text' && became.value === was.value;
		case 'sequence':
			return (
				became.kind === 'sequence' &&
				became.items.length === was.items.length &&
				was.items.every((item, index) => isSurelyAlike(item, became.items[index] as Value))
			);
		case 'mapping':
			return (
				became.kind === 'mapping' &&
				became.entries.length === was.entries.length &&
				was.entries.every(({ key, value }, index) => {
					const entry = became.entries[index];
					return entry !== undefined && isSurelyAlike(key, entry.key) && isSurelyAlike(value, entry.value);
				})
			);
		default:
			return false;
	}
}

function carriesMore({ before, after, inside, anchor, tag }: Value): boolean {
	return before !== undefined || after !== undefined || inside !== undefined || anchor !== undefined || tag !== undefined;
}
