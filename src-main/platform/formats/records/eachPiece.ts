import { FormatError } from '../FormatError.ts';
import type { NoteBook } from '../NoteBook.ts';
import type { ReadOptions } from '../options.ts';
import { decodeChunks } from './decodeChunks.ts';
import { LineCounter } from './LineCounter.ts';

/** What becomes of a source that comes in pieces of text: of each something, and of its end. */
export interface Pieced<T> {
	feed(text: string): T;
	end(): T;
}

/** Gives a source piece by piece to what `open` makes for its beginning. */
export async function* eachPiece<T>(
	chunks: AsyncIterable<Uint8Array>,
	{ encoding }: ReadOptions,
	notes: NoteBook,
	signal: AbortSignal | undefined,
	open: (head: string) => Pieced<T>,
): AsyncGenerator<{ made: T; readBytes: number }> {
	const lines = new LineCounter();
	notes.placeOf = lines.placeOf;
	let opened: Pieced<T> | undefined;
	let last = 0;
	try {
		for await (const { text, readBytes } of decodeChunks(chunks, encoding, notes)) {
			signal?.throwIfAborted();
			lines.add(text);
			opened ??= open(text);
			last = readBytes;
			yield { made: opened.feed(text), readBytes };
		}
		signal?.throwIfAborted();
		opened ??= open('');
		yield { made: opened.end(), readBytes: last };
	} catch (error) {
		throw error instanceof FormatError ? error.placed(lines.placeOf) : error;
	}
}
