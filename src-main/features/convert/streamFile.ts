import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ConvertOrder, FormatName } from '#contract/convertOrder.ts';
import { type Converted, refuseLoss } from '../../platform/formats/convertBytes.ts';
import type { Difference } from '../../platform/formats/firstDifference.ts';
import { formatOf } from '../../platform/formats/formats.ts';
import type { Value } from '../../platform/formats/middle.ts';
import type { Note } from '../../platform/formats/Note.ts';
import { NoteBook } from '../../platform/formats/NoteBook.ts';
import { convertRecords } from '../../platform/formats/records/convertRecords.ts';
import { firstRecordDifference } from '../../platform/formats/records/firstRecordDifference.ts';
import type { RecordFormat } from '../../platform/formats/records/RecordReader.ts';
import type { RecordTarget } from '../../platform/formats/records/RecordWriter.ts';
import { reduceData } from '../../platform/formats/reduceData.ts';
import { isRecordPath } from './data/isRecordPath.ts';
import { selectValues } from './data/selectValues.ts';
import { platformOrder } from './platformOrder.ts';
import { SourceFile } from './SourceFile.ts';

interface StreamTask {
	source: SourceFile;
	part: string;
	order: ConvertOrder;
	from: FormatName;
	onProgress(fraction: number): void;
}

/** Why a file in this format cannot be converted by this order as its records come; null where it can. Throws JSONPATH_INVALID. */
export function whyWhole({ to, mode, select }: ConvertOrder, from: FormatName): 'size' | 'exact' | 'select' | null {
	const { canStream, canStreamInto = canStream } = formatOf(to);
	if (!formatOf(from).canStream || !canStreamInto) return 'size';
	if (mode === 'exact') return 'exact';
	// The children of a root are records here, and one mapping with one list when it is read whole.
	return select === '' || (from !== 'xml' && isRecordPath(select)) ? null : 'select';
}

/**
 * Converts a list of records of any length in bounded memory into the file `part`, and reads that again beside the source to say whether it is the
 * same; a workbook, which cannot be read row by row, is not compared. Throws FormatError, also `lossRefused` once something was lost that may not be.
 */
export async function streamFile(task: StreamTask): Promise<{ notes: Note[]; roundTrip: Converted['roundTrip'] | null }> {
	const { source, part, order, from, onProgress } = task;
	const notes = new NoteBook();
	const { read, write } = platformOrder(order, from);
	// Both stream, as `whyWhole` said.
	const records = { from: from as RecordFormat, ...(read && { read }), ...(write && { write }), ...chosenBy(order) };
	const target = order.to as RecordTarget;
	const tell = tellSteps(onProgress);
	const last = target === 'xlsx' ? 0 : 1;
	let passes = 1;
	const tellPass = (pass: number, readBytes: number) => tell((pass - 1 + Math.min(1, readBytes / Math.max(1, source.sizeBytes))) / (passes + last));
	const converted = convertRecords(() => source.pieces(), { ...records, to: target }, notes, {
		onProgress: (at) => {
			passes = at.passes;
			tellPass(at.pass, at.readBytes);
		},
	});
	await pipeline(converted, createWriteStream(part, { mode: 0o600 }));
	if (order.isStrict) refuseLoss(notes.all(), undefined);
	const check = async (to: RecordFormat) => {
		const result = await SourceFile.open(part, part);
		try {
			const sides = { source: source.pieces(), result: result.pieces() };
			return await firstRecordDifference(sides, { ...records, to }, { onProgress: (readBytes) => tellPass(passes + 1, readBytes) });
		} finally {
			await result.close();
		}
	};
	const difference = lossIn(notes.all()) ?? (target === 'xlsx' ? undefined : await check(target));
	if (order.isStrict) refuseLoss([], difference);
	const handle = await open(part, 'r+');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
	const isCompared = target !== 'xlsx' || difference !== undefined;
	return { notes: notes.all(), roundTrip: isCompared ? { same: difference === undefined, ...(difference && { difference }) } : null };
}

/** What was lost around the records, or before they were any, is not seen by comparing them. */
function lossIn(notes: readonly Note[]): Difference | undefined {
	const lost = notes.find(({ kind }) => kind === 'lost');
	return lost && { path: lost.path ?? '$', was: lost.what ?? lost.code, became: '' };
}

/** Tells of a fraction that grew by what a person can see. */
function tellSteps(onProgress: (fraction: number) => void): (fraction: number) => void {
	let told = 0;
	return (fraction) => {
		if (fraction < 1 && fraction - told < 0.002) return;
		told = fraction;
		onProgress(fraction);
	};
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
