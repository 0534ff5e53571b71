import { encodeText } from '../text/encodeText.ts';

/** Bytes with the text that they were decoded to; neither has a byte order mark before it. */
export interface DecodedBody {
	body: Uint8Array;
	text: string;
	encoding: string;
}

/**
 * Where in the bytes of a text each of some places of it is, which are given in their order. Bytes that are not valid in the encoding are
 * counted as they stand; lines are what both are told apart by, since no encoding has a line end within a character.
 */
export async function textOffsetsToBytes(decoded: DecodedBody, offsets: readonly number[]): Promise<number[]> {
	const { body, text, encoding } = decoded;
	const again = await encodeText(text, encoding);
	const isExact = Buffer.compare(again.bytes, body) === 0;
	const lines = isExact ? [{ text: 0, byte: 0 }] : lineStarts(decoded);
	const found: number[] = [];
	let [line, last] = [0, { text: 0, byte: 0 }];
	for (const offset of offsets) {
		while ((lines[line + 1]?.text ?? Number.POSITIVE_INFINITY) <= offset) line++;
		const start = lines[line] ?? last;
		if (start.text > last.text) last = start;
		const rest = { body: body.subarray(last.byte, lines[line + 1]?.byte), text: text.slice(last.text, lines[line + 1]?.text), encoding };
		const length = isExact ? (await encodeText(text.slice(last.text, offset), encoding)).bytes.length : placeIn(rest, offset - last.text);
		last = { text: offset, byte: last.byte + length };
		found.push(last.byte);
	}
	return found;
}

/** Where each line begins, in the text and in the bytes. */
function lineStarts({ body, encoding }: DecodedBody): { text: number; byte: number }[] {
	const decoder = new TextDecoder(encoding, { ignoreBOM: true });
	const width = encoding.startsWith('utf-16') ? 2 : 1;
	const isNewline = (at: number) => (width === 1 ? body[at] === 0x0a || body[at] === 0x0d : isWideNewline(body, at, encoding));
	const starts = [{ text: 0, byte: 0 }];
	for (let [at, begin, length] = [0, 0, 0]; at < body.length; at += width) {
		if (!isNewline(at)) continue;
		length += decoder.decode(body.subarray(begin, at + width)).length;
		begin = at + width;
		starts.push({ text: length, byte: begin });
	}
	return starts;
}

function isWideNewline(body: Uint8Array, at: number, encoding: string): boolean {
	const [low, high] = encoding === 'utf-16be' ? [body[at + 1], body[at]] : [body[at], body[at + 1]];
	return high === 0 && (low === 0x0a || low === 0x0d);
}

/** How many bytes of a line make its first `offset` characters: so many that what is behind them reads as it did. */
function placeIn({ body, text, encoding }: DecodedBody, offset: number): number {
	const decoder = new TextDecoder(encoding, { ignoreBOM: true });
	const lengthOf = (bytes: number) => decoder.decode(body.subarray(0, bytes)).length;
	let [least, most] = [0, body.length];
	while (least < most) {
		const middle = (least + most) >> 1;
		if (lengthOf(middle) < offset) least = middle + 1;
		else most = middle;
	}
	// A character has up to four bytes; one that is cut off counts as one as well.
	for (let bytes = Math.max(0, least - 4); bytes <= Math.min(body.length, least + 4); bytes++)
		if (decoder.decode(body.subarray(bytes)) === text.slice(offset)) return bytes;
	return least;
}
