import type { FormatName } from '#contract/convertOrder.ts';
import { FormatError } from '../../../platform/formats/FormatError.ts';
import { formatOf, type Read } from '../../../platform/formats/formats.ts';
import { NoteBook } from '../../../platform/formats/NoteBook.ts';

/** A text as its format reads it, or why it cannot be read and where. */
export async function readOrFailure(text: string, from: FormatName): Promise<Read | FormatError> {
	try {
		return await formatOf(from).read(new TextEncoder().encode(text), { encoding: 'utf-8' }, new NoteBook());
	} catch (error) {
		if (error instanceof FormatError) return error;
		throw error;
	}
}

/** Where a text cannot be read as its format; null where it can. */
export async function readFailure(text: string, from: FormatName): Promise<FormatError | null> {
	const read = await readOrFailure(text, from);
	return read instanceof FormatError ? read : null;
}

/** The line, counted from 1, that a source breaks off at; null where it can be read. */
export async function brokenLine(text: string, from: FormatName): Promise<number | null> {
	const failed = await readFailure(text, from);
	return failed && (failed.line ?? 1);
}
