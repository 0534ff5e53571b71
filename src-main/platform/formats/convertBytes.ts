import { convertExactly } from './exact/convertExactly.ts';
import { FormatError } from './FormatError.ts';
import { type Difference, firstDifference } from './firstDifference.ts';
import { type Format, type FormatName, formatOf, readAgain, refuseTooLarge } from './formats.ts';
import type { Reading } from './middle.ts';
import type { Note } from './Note.ts';
import { NoteBook } from './NoteBook.ts';
import type { ReadOptions, WriteOptions } from './options.ts';
import { project } from './project.ts';
import { makeSidecar } from './sidecar/makeSidecar.ts';
import { sortKeys } from './sortKeys.ts';

/** What is to be converted into what, and how. */
export interface ConvertOrder {
	from: FormatName;
	to: FormatName;
	read?: ReadOptions;
	write?: WriteOptions;
	/** Takes a part of the source before it is written; what is converted back is compared with that part. */
	choose?: (reading: Reading) => Reading;
	/** `plain` is what a person would write by hand; `exact` holds everything there is, in a typed envelope where the target needs one. */
	mode: 'plain' | 'exact';
	/** Refuses a result that has lost or changed anything; what is held by an agreed convention is not lost. */
	strict: boolean;
	/** Makes a file to keep beside the result, with which `convertBack` gives the source again. */
	sidecar?: boolean;
}

/** A result that was converted back and compared. */
export interface Converted {
	bytes: Uint8Array;
	/** The loss report. */
	notes: Note[];
	/** What the source was read as; empty where it is no text. */
	encoding: string;
	/** Whether the result, read again, is what the source was; and the first place where it is not. */
	roundTrip: { same: boolean; difference?: Difference };
	sidecar?: Uint8Array;
}

/**
 * Converts a whole file in memory.
 *
 * @throws FormatError `tooLarge` for more than a format's `wholeBytes`; the code of its reader for a source that cannot be read; that of a writer
 * for what cannot be written; and, where the order is strict, `lossRefused` with the place of the first loss
 */
export async function convertBytes(source: Uint8Array, order: ConvertOrder): Promise<Converted> {
	const notes = new NoteBook();
	const from = formatOf(order.from);
	refuseTooLarge(source, from);
	const { reading: whole, encoding } = await from.read(source, order.read ?? {}, notes);
	const reading = order.choose?.(whole) ?? whole;
	const { bytes, difference } = order.mode === 'exact' ? await convertExactly(reading, order, notes) : await convertPlainly(reading, order, notes);
	if (order.strict) refuseLoss(notes.all(), difference);
	return {
		...{ bytes, notes: notes.all(), encoding },
		roundTrip: { same: difference === undefined, ...(difference && { difference }) },
		...(order.sidecar && { sidecar: makeSidecar(source, order, bytes) }),
	};
}

async function convertPlainly(reading: Reading, order: ConvertOrder, notes: NoteBook): Promise<{ bytes: Uint8Array; difference?: Difference }> {
	const [from, to] = [formatOf(order.from), formatOf(order.to)];
	const was = order.write?.sortKeys ? sortKeys(reading) : reading;
	const bytes = await to.write(project(was, to, order, notes), order.write ?? {}, notes);
	const difference = await selfCheck(was, bytes, from, to, order);
	return { bytes, ...(difference && { difference }) };
}

/** Reads the result again, leads it back to what the source could hold, and tells the first difference. */
async function selfCheck(was: Reading, bytes: Uint8Array, from: Format, to: Format, order: ConvertOrder): Promise<Difference | undefined> {
	try {
		const back = project(await readAgain(to, bytes, order.write), from, order, new NoteBook());
		return firstDifference(was, back, { formatting: true, spelling: true });
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		// It was written, but with what the convention adds it is too deep to be read, for instance.
		return { path: error.path ?? '$', was: '', became: error.message };
	}
}

/** Refuses what was lost or changed, or does not come back, with its place. */
export function refuseLoss(notes: readonly Note[], difference: Difference | undefined): void {
	const loss = notes.find(({ kind }) => kind !== 'convention');
	if (loss) {
		const { code, line, column, path, what } = loss;
		const detail = what === undefined ? code : `${code}: ${what}`;
		const place = { ...(line !== undefined && { line }), ...(column !== undefined && { column }), ...(path !== undefined && { path }) };
		throw new FormatError('lossRefused', `The result cannot hold everything: ${detail}.`, { detail, ...place });
	}
	if (!difference) return;
	const { path, was, became } = difference;
	const detail = `${was} → ${became}`;
	throw new FormatError('lossRefused', `Converted back, the result is not the source: ${detail}.`, { path, detail });
}
