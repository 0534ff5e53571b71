import { TextDecoder } from 'node:util';
import { decodeSource } from '../decodeSource.ts';
import { FormatError } from '../FormatError.ts';
import { NoteBook } from '../NoteBook.ts';

/** So much of a source is turned into records at once: so little that what is made of it is gone before the garbage is next collected. */
const pieceBytes = 1 << 14;
const headBytes = 1 << 16;

/** A piece of a source as text, and how many bytes were read until its end. */
export interface TextPiece {
	text: string;
	readBytes: number;
}

/**
 * Decodes a source that comes in chunks, of which none is looked at once the next was asked for: UTF-8 strictly, or what its beginning shows it to be, or as told. No piece ends between the halves of a
 * surrogate pair.
 *
 * @throws FormatError `brokenBytes` for bytes that are none of the encoding
 */
export async function* decodeChunks(chunks: AsyncIterable<Uint8Array>, encoding: string | undefined, notes: NoteBook): AsyncGenerator<TextPiece> {
	let decoder: TextDecoder | undefined;
	let readBytes = 0;
	let characters = 0;
	for await (const chunk of withHead(chunks)) {
		decoder ??= await decoderFor(chunk, encoding, notes);
		yield* pieces(decoder, chunk);
	}
	decoder ??= await decoderFor(new Uint8Array(0), encoding, notes);
	const rest = decoded(decoder, undefined);
	if (rest === undefined) throw brokenBytes(decoder, characters);
	if (rest !== '') yield { text: rest, readBytes };

	function* pieces(by: TextDecoder, bytes: Uint8Array): Generator<TextPiece> {
		for (let at = 0; at < bytes.length; at += pieceBytes) {
			const piece = bytes.subarray(at, at + pieceBytes);
			const text = decoded(by, piece);
			const told = text ?? wholeBeginning(by.encoding, piece);
			readBytes += piece.length;
			characters += told.length;
			// What came before the broken bytes says on which line they are.
			if (told !== '') yield { text: told, readBytes };
			if (text === undefined) throw brokenBytes(by, characters);
		}
	}
}

/** The chunks of a source, of which the first is large enough to tell the encoding by, or all there is. */
async function* withHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let head: Uint8Array[] | undefined = [];
	let bytes = 0;
	for await (const chunk of chunks) {
		if (head === undefined) {
			yield chunk;
			continue;
		}
		// The next chunk may be in the place of this one.
		head.push(new Uint8Array(chunk));
		bytes += chunk.length;
		if (bytes < headBytes) continue;
		yield Buffer.concat(head);
		head = undefined;
	}
	if (head !== undefined) yield Buffer.concat(head);
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

/** The text of a piece, or what is left at the end; undefined for bytes that are none of the encoding. */
function decoded(decoder: TextDecoder, piece: Uint8Array | undefined): string | undefined {
	try {
		return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
	} catch {
		return undefined;
	}
}

/** The text of a piece as far as its bytes are of the encoding; what it begins with of a character that the last piece cut off is left out. */
function wholeBeginning(encoding: string, piece: Uint8Array): string {
	const isContinued = (byte: number | undefined) => encoding === 'utf-8' && byte !== undefined && (byte & 0xc0) === 0x80;
	let start = 0;
	while (start < 3 && isContinued(piece[start])) start++;
	const textTo = (end: number) => decoded(new TextDecoder(encoding, { fatal: true, ignoreBOM: true }), piece.subarray(start, end));
	let [good, bad] = [start, piece.length];
	while (bad - good > 1) {
		const middle = (good + bad) >> 1;
		if (textTo(middle) === undefined) bad = middle;
		else good = middle;
	}
	return textTo(good) ?? '';
}

function brokenBytes({ encoding }: TextDecoder, offset: number): FormatError {
	return new FormatError('brokenBytes', `There is something that is not ${encoding}.`, { offset, detail: encoding });
}
