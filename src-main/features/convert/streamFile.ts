import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ConvertOrder, FormatName } from '#contract/convertOrder.ts';
import { FormatError } from '../../platform/formats/FormatError.ts';
import { formatOf } from '../../platform/formats/formats.ts';
import type { Note } from '../../platform/formats/Note.ts';
import { NoteBook } from '../../platform/formats/NoteBook.ts';
import { convertRecords } from '../../platform/formats/records/convertRecords.ts';
import type { RecordFormat } from '../../platform/formats/records/RecordReader.ts';
import { platformOrder } from './platformOrder.ts';

interface StreamTask {
	source: string;
	part: string;
	order: ConvertOrder;
	from: FormatName;
	sizeBytes: number;
	onProgress(fraction: number): void;
}

/** Whether a file in this format can be converted by this order as its records come: what needs the whole of it cannot. */
export function canStream({ to, mode, select, sortKeys }: ConvertOrder, from: FormatName): boolean {
	return mode === 'plain' && select === '' && !sortKeys && formatOf(from).canStream && formatOf(to).canStream;
}

/** Converts a list of records of any length in bounded memory into the file `part`. Throws FormatError, also `lossRefused` once something was lost that may not be. */
export async function streamFile({ source, part, order, from, sizeBytes, onProgress }: StreamTask): Promise<Note[]> {
	const notes = new NoteBook();
	const { read, write } = platformOrder(order, from);
	const records = convertRecords(
		() => createReadStream(source, { highWaterMark: 262_144 }),
		// Both stream, as `canStream` said.
		{ from: from as RecordFormat, to: order.to as RecordFormat, ...(read && { read }), ...(write && { write }) },
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
