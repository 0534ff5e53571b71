import type { FilmFile } from '../FilmFile.ts';
import { elementIn, elementsIn, readElementHeader, textIn, unsignedIn, unsignedOf } from './ebml.ts';
import { ids } from './elementIds.ts';

/** Where things are in the one segment of a Matroska file. */
export interface Segment {
	/** Positions in the index count from here. */
	dataAt: number;
	/** The end as the file tells it, or that of the file where it does not, or where the file is shorter. */
	end: number;
	/** Null where there is none. */
	firstClusterAt: number | null;
	/** Of one tick of a time, in nanoseconds. */
	tickNs: number;
	/** Positions of parts by their numbers, of the first part of each kind. */
	parts: ReadonlyMap<number, number>;
}

/** More parts than this before the first cluster has no film. */
const mostParts = 10_000;

/** Finds the segment of a film and the parts that stand before its first cluster. */
export async function findSegment(file: FilmFile): Promise<Segment> {
	const start = readElementHeader(await file.peek(0));
	if (start?.id !== ids.ebml || start.sizeBytes === null || start.sizeBytes > 4096) throw file.refuse('notFilm', 0, 'it does not begin as one');
	const docType = textIn(await file.read(start.headerBytes, start.sizeBytes, 'the EBML head'), ids.docType);
	if (docType !== 'matroska' && docType !== 'webm') throw file.refuse('notFilm', 0, `it is an EBML file of the kind "${docType.slice(0, 40)}"`);
	let at = start.headerBytes + start.sizeBytes;
	for (let count = 0; count < mostParts; count++) {
		const header = readElementHeader(await file.peek(at));
		if (!header) break;
		const dataAt = at + header.headerBytes;
		if (header.id === ids.segment) return await readParts(file, dataAt, Math.min(file.size, dataAt + (header.sizeBytes ?? file.size)));
		if (header.sizeBytes === null) break;
		at = dataAt + header.sizeBytes;
	}
	throw file.refuse('damaged', at, 'there is no segment');
}

/** The content of a part of the segment. `what` names it in a failure. */
export async function readPart(file: FilmFile, at: number, id: number, what: string): Promise<Buffer> {
	const header = readElementHeader(await file.peek(at));
	if (header?.id !== id || header.sizeBytes === null) throw file.refuse('damaged', at, `${what} is not where it should be`);
	return await file.read(at + header.headerBytes, header.sizeBytes, what);
}

async function readParts(file: FilmFile, dataAt: number, end: number): Promise<Segment> {
	const parts = new Map<number, number>();
	let firstClusterAt: number | null = null;
	let tickNs = 1_000_000;
	let at = dataAt;
	for (let count = 0; at < end && firstClusterAt === null; count++) {
		const header = readElementHeader(await file.peek(at));
		if (!header || (header.sizeBytes === null && header.id !== ids.cluster)) throw file.refuse('damaged', at, 'no element begins here');
		if (count > mostParts) throw file.refuse('tooMuchInside', at, `more than ${mostParts} parts before the first cluster`);
		if (!parts.has(header.id)) parts.set(header.id, at);
		if (header.id === ids.cluster) firstClusterAt = at;
		if (header.id === ids.info) tickNs = unsignedIn(await readPart(file, at, ids.info, 'the information'), ids.timestampScale, tickNs) || tickNs;
		if (header.id === ids.seekHead) addSought(parts, await readPart(file, at, ids.seekHead, 'the list of parts'), dataAt, end);
		at += header.headerBytes + (header.sizeBytes ?? 0);
	}
	return { dataAt, end, firstClusterAt, tickNs, parts };
}

/** Adds the parts that a list of parts names; lists that such a list names are not followed, so that they cannot lead in a circle. */
function addSought(parts: Map<number, number>, seekHead: Uint8Array, dataAt: number, end: number): void {
	for (const { id, data } of elementsIn(seekHead)) {
		const part = id === ids.seek ? unsignedOf(elementIn(data, ids.seekId) ?? new Uint8Array()) : null;
		const at = dataAt + unsignedIn(data, ids.seekPosition, 0);
		if ((part === ids.tracks || part === ids.cues || part === ids.tags || part === ids.attachments) && !parts.has(part) && at > dataAt && at < end)
			parts.set(part, at);
	}
}
