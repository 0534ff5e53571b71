import type { FilmFile } from '../FilmFile.ts';

/** Where a box is in the file (ISO/IEC 14496-12 section 4.2). */
export interface Box {
	type: string;
	at: number;
	dataAt: number;
	end: number;
}

/** A box that was read whole. */
export interface ReadBox {
	type: string;
	data: Buffer;
}

/** A fragmented film of ten hours with a fragment every half second has 150,000. */
const mostBoxes = 5_000_000;

/**
 * The boxes from `from` to `to`, read header by header.
 *
 * @throws FILM_INVALID for a box that ends beyond `to`, or is shorter than its own header.
 */
export async function* boxesOf(file: FilmFile, from: number, to: number): AsyncGenerator<Box> {
	let at = from;
	// What is left at the end is padding; QuickTime ends lists with four zero bytes.
	for (let count = 0; at + 8 <= to; count++) {
		if (count > mostBoxes) throw file.refuse('tooMuchInside', at, `more than ${mostBoxes} boxes`);
		const box = boxFrom(await file.peek(at), at, to);
		if (!box) throw file.refuse('damaged', at, 'no box begins here');
		if (box.end > to)
			throw file.refuse(to === file.size ? 'cutOff' : 'damaged', at, `the box "${box.type}" would end at ${box.end}, what it is in ends at ${to}`);
		yield box;
		at = box.end;
	}
}

/** The boxes in bytes that were read, up to the first that does not fit in. */
export function* boxesIn(bytes: Buffer, from = 0): Generator<ReadBox> {
	for (let at = from; at + 8 <= bytes.length; ) {
		const box = boxFrom(bytes.subarray(at, at + 16), at, bytes.length);
		if (!box || box.end > bytes.length) return;
		yield { type: box.type, data: bytes.subarray(box.dataAt, box.end) };
		at = box.end;
	}
}

/** The first box of a kind in bytes that were read. */
export function boxIn(bytes: Buffer, type: string, from = 0): Buffer | null {
	for (const box of boxesIn(bytes, from)) if (box.type === type) return box.data;
	return null;
}

/** A number of 64 bits, which are more than a number here can hold; what is too large becomes infinite. */
export function bigAt(bytes: Buffer, at: number): number {
	const value = Number(bytes.readBigUInt64BE(at));
	return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY;
}

function boxFrom(header: Buffer, at: number, to: number): Box | null {
	if (header.length < 8) return null;
	const short = header.readUInt32BE(0);
	const isLong = short === 1;
	if (isLong && header.length < 16) return null;
	const headerBytes = isLong ? 16 : 8;
	const size = isLong ? bigAt(header, 8) : short === 0 ? to - at : short;
	if (size < headerBytes) return null;
	return { type: header.toString('latin1', 4, 8), at, dataAt: at + headerBytes, end: at + size };
}
