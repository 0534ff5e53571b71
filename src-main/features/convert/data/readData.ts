import type { FormatName, MarkupOrder, TableOrder } from '#contract/convertOrder.ts';
import { FormatError } from '../../../platform/formats/FormatError.ts';
import { formatOf } from '../../../platform/formats/formats.ts';
import type { Value } from '../../../platform/formats/middle.ts';
import { NoteBook } from '../../../platform/formats/NoteBook.ts';
import { project } from '../../../platform/formats/project.ts';
import { failureOf } from '../failureOf.ts';
import { readOptions } from '../platformOrder.ts';

/** A source as data that JSON could hold, and where its offsets stand. */
export interface SourceData {
	root: Value;
	placeOf: (at: number) => { line: number; column: number } | null;
}

/** Reads a source of any format as data: several documents are a list, aliases are written out. Throws CONVERT_INVALID. */
export async function readData(source: Uint8Array, from: FormatName, how: { table: TableOrder; markup: MarkupOrder }): Promise<SourceData> {
	try {
		const read = { ...readOptions(how, from), encoding: 'utf-8' };
		const { reading, placeOf } = await formatOf(from).read(source, read, new NoteBook());
		const [first] = project(reading, formatOf('json'), { read }, new NoteBook()).documents;
		return { root: first?.root ?? { kind: 'null' }, placeOf: (at) => placeOf?.(at) ?? null };
	} catch (error) {
		throw error instanceof FormatError ? failureOf(error, from) : error;
	}
}
