import { TextDecoder } from 'node:util';
import { decodeSource } from '../decodeSource.ts';
import { FormatError } from '../FormatError.ts';
import { NoteBook } from '../NoteBook.ts';

/** So much of a source is turned into records at once. */
const pieceBytes = 1 << 16;
const headBytes = 1 << 16;

/** A piece of a source as text, and how many bytes were read until its end. */
export interface TextPiece {
	text: string;
	readBytes: number;
}

/**
 * Decodes a source that comes in chunks: UTF-8 strictly, or what its beginning shows it to be, or as told. No piece ends between the halves of a
 * surrogate pair.
 *
 * @throws FormatError `brokenBytes` for bytes that are none of the encoding
 */
export async function* decodeChunks(chunks: AsyncIterable<Uint8Array>, encoding: string | undefined, notes: NoteBook): AsyncGenerator<TextPiece> {
	let decoder: TextDecoder | undefined;
	let waiting: Uint8Array = new Uint8Array(0);
	let readBytes = 0;
	for await (const chunk of chunks) {
		waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
		if (decoder === undefined && waiting.length < headBytes) continue;
		decoder ??= await decoderFor(waiting, encoding, notes);
		for (let at = 0; at < waiting.length; at += pieceBytes) {
			const piece = waiting.subarray(at, at + pieceBytes);
			const text = decoded(decoder, piece, readBytes);
			readBytes += piece.length;
			if (text !== '') yield { text, readBytes };
		}
		waiting = new Uint8Array(0);
	}
	decoder ??= await decoderFor(waiting, encoding, notes);
	const text = decoded(decoder, waiting, readBytes) + decoded(decoder, undefined, readBytes);
	if (text !== '') yield { text, readBytes: readBytes + waiting.length };
}

/** The encoding of a source by its beginning, of which a character may be cut off. */
async function decoderFor(source: Uint8Array, encoding: string | undefined, notes: NoteBook): Promise<TextDecoder> {
	const head = source.subarray(0, headBytes);
	if (encoding === undefined && isUtf8Head(head)) return new TextDecoder('utf-8', { fatal: true });
	// What it tells of broken bytes is of a character that the head cuts off.
	const { encoding: found } = await decodeSource(head.subarray(0, head.length & ~1), encoding, new NoteBook());
	if (encoding === undefined && !found.startsWith('utf-')) notes.add({ code: 'encodingGuessed', kind: 'convention', what: found });
	return new TextDecoder(found, { fatal: true });
}

function isUtf8Head(head: Uint8Array): boolean {
	if (head.subarray(0, 1024).includes(0)) return false;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
		return true;
	} catch {
		return false;
	}
}

function decoded(decoder: TextDecoder, piece: Uint8Array | undefined, at: number): string {
	try {
		return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
	} catch {
		throw new FormatError('brokenBytes', `After byte ${at} there is something that is not ${decoder.encoding}.`, { detail: decoder.encoding });
	}
}
