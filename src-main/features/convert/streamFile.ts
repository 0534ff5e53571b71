import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ConvertOrder, FormatName } from '#contract/convertOrder.ts';
import { FormatError } from '../../platform/formats/FormatError.ts';
import { formatOf } from '../../platform/formats/formats.ts';
import type { Value } from '../../platform/formats/middle.ts';
import type { Note } from '../../platform/formats/Note.ts';
import { NoteBook } from '../../platform/formats/NoteBook.ts';
import { convertRecords } from '../../platform/formats/records/convertRecords.ts';
import type { RecordFormat } from '../../platform/formats/records/RecordReader.ts';
import { reduceData } from '../../platform/formats/reduceData.ts';
import { isRecordPath } from './data/isRecordPath.ts';
import { selectValues } from './data/selectValues.ts';
import { platformOrder } from './platformOrder.ts';

interface StreamTask {
	source: string;
	part: string;
	order: ConvertOrder;
	from: FormatName;
	sizeBytes: number;
	onProgress(fraction: number): void;
}

/** Why a file in this format cannot be converted by this order as its records come; null where it can. Throws JSONPATH_INVALID. */
export function whyWhole({ to, mode, select }: ConvertOrder, from: FormatName): 'size' | 'exact' | 'select' | null {
	if (!formatOf(from).canStream || !formatOf(to).canStream) return 'size';
	if (mode === 'exact') return 'exact';
	// The children of a root are records here, and one mapping with one list when it is read whole.
	return select === '' || (from !== 'xml' && isRecordPath(select)) ? null : 'select';
}

/** Converts a list of records of any length in bounded memory into the file `part`. Throws FormatError, also `lossRefused` once something was lost that may not be. */
export async function streamFile({ source, part, order, from, sizeBytes, onProgress }: StreamTask): Promise<Note[]> {
	const notes = new NoteBook();
	const { read, write } = platformOrder(order, from);
	const records = convertRecords(
		() => createReadStream(source, { highWaterMark: 262_144 }),
		// Both stream, as `whyWhole` said.
		{ from: from as RecordFormat, to: order.to as RecordFormat, ...(read && { read }), ...(write && { write }), ...chosenBy(order) },
		notes,
		{ onProgress: ({ pass, passes, readBytes }) => onProgress((pass - 1 + Math.min(1, readBytes / Math.max(1, sizeBytes))) / passes) },
	);
	await pipeline(records, createWriteStream(part, { mode: 0o600 }));
	const all = notes.all();
	const loss = order.isStrict ? all.find(({ kind }) => kind !== 'convention') : undefined;
	if (loss)
		throw new FormatError('lossRefused', `The result cannot hold everything: ${loss.code}.`, { detail: loss.code, ...(loss.line && { line: loss.line }) });
	const handle = await open(part, 'r+');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
	return all;
}

function chosenBy({ select }: ConvertOrder): { choose?: (records: Value[]) => Value[] } {
	if (select === '') return {};
	return {
		choose: (records) => {
			const [data] = reduceData({ documents: [{ root: { kind: 'sequence', items: records } }] }, formatOf('json').holds, new NoteBook()).documents;
			return selectValues(data?.root ?? { kind: 'null' }, select);
		},
	};
}
