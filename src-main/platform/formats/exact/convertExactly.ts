import { FormatError } from '../FormatError.ts';
import { type Difference, firstDifference } from '../firstDifference.ts';
import { type Format, type FormatName, formatOf, readAgain } from '../formats.ts';
import type { Reading } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import type { ReadOptions, WriteOptions } from '../options.ts';
import { project } from '../project.ts';
import { sortKeys } from '../sortKeys.ts';
import { fromEnvelope } from './fromEnvelope.ts';
import { fromJsonElements, toJsonElements } from './jsonElements.ts';
import { toEnvelope } from './toEnvelope.ts';

interface Order {
	from: FormatName;
	to: FormatName;
	read?: ReadOptions;
	write?: WriteOptions;
}

interface Result {
	bytes: Uint8Array;
	difference?: Difference;
}

/**
 * Writes a reading so that everything in it is in the result: as the target itself has it where that reads the same again, otherwise in an envelope
 * (`toEnvelope`, and `toJsonElements` for XML). A source that is such an envelope is taken out of it first, so the way back gives the source.
 *
 * A target without envelopes (tables, TOML) that cannot hold everything gets what it can, and a note.
 */
export async function convertExactly(reading: Reading, order: Order, notes: NoteBook): Promise<Result> {
	const to = formatOf(order.to);
	const opened = open(reading);
	const was = order.write?.sortKeys ? sortKeys(opened) : opened;
	if (isMarkup(was) === Boolean(to.isMarkup)) {
		// Indentation is white space, and in markup that is content.
		const { indent, ...asItIs } = order.write ?? {};
		const write = to.isMarkup || indent === undefined ? asItIs : { ...asItIs, indent };
		const bytes = await asItself(was, to, write);
		if (bytes) return { bytes };
	}
	if (to.holdsEnvelope) {
		const bytes = await to.write(enveloped(was, to, order.write), order.write ?? {}, new NoteBook());
		const difference = await differenceIn(bytes, was, to, order.write ?? {});
		notes.add({ code: 'envelope', kind: 'convention', became: to.isMarkup ? 'fn:json-to-xml' : '$type' });
		return { bytes, ...(difference && { difference }) };
	}
	const bytes = await to.write(project(was, to, order, notes), order.write ?? {}, notes);
	const difference = await differenceIn(bytes, was, to, order.write ?? {});
	return { bytes, ...(difference && { difference }) };
}

/**
 * The reading as the target itself has it; undefined where that does not read the same again, and where the target has no way at all to hold
 * something, NUL in XML for instance.
 */
async function asItself(was: Reading, to: Format, write: WriteOptions): Promise<Uint8Array | undefined> {
	try {
		const bytes = await to.write(project(was, to, { write }, new NoteBook()), write, new NoteBook());
		return (await differenceIn(bytes, was, to, write)) ? undefined : bytes;
	} catch (error) {
		if (error instanceof FormatError) return undefined;
		throw error;
	}
}

async function differenceIn(bytes: Uint8Array, was: Reading, to: Format, write: WriteOptions): Promise<Difference | undefined> {
	return firstDifference(was, open(await readAgain(to, bytes, write)));
}

function enveloped(reading: Reading, to: Format, { indent = 2 }: WriteOptions = {}): Reading {
	const plain = toEnvelope(reading);
	if (!to.isMarkup) return { documents: [{ root: plain }] };
	const lineEnd = [{ kind: 'characters', text: '\n' }] as const;
	return {
		documents: [
			{
				declaration: 'version="1.0" encoding="UTF-8"',
				prolog: lineEnd,
				epilog: lineEnd,
				root: toJsonElements(plain, indent === 'tab' ? '\t' : ' '.repeat(indent)),
			},
		],
	};
}

/** The reading out of its envelope, or as it is where it is none. */
function open(reading: Reading): Reading {
	const [only] = reading.documents;
	if (reading.documents.length !== 1 || only?.root === undefined) return reading;
	const plain = only.root.kind === 'element' ? fromJsonElements(only.root) : only.root;
	if (plain === undefined || (only.root === plain && (only.prolog || only.epilog || only.declaration !== undefined))) return reading;
	return fromEnvelope(plain);
}

function isMarkup({ documents }: Reading): boolean {
	return documents.some(({ root }) => root?.kind === 'element');
}
