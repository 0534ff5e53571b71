import type { FilmFile } from '../FilmFile.ts';
import { type Box, bigAt, boxesOf } from './boxes.ts';
import { mostSpans, type SampleSpan } from './SampleSpan.ts';

interface Tables {
	/** Sizes, which are all the same where `sizes` is null. */
	sizes: Buffer | null;
	sizeBytes: number;
	count: number;
	offsets: Buffer;
	offsetBytes: 4 | 8;
	chunks: Buffer;
	times: Buffer;
}

/**
 * Lists the samples of a track that has a table of them (ISO/IEC 14496-12 section 8.6 and 8.7).
 *
 * @throws FILM_INVALID where the tables are missing, contradict one another, or name more samples than the file can hold.
 */
export async function readSampleTable(file: FilmFile, table: Box): Promise<SampleSpan[]> {
	const tables = await readTables(file, table);
	const spans: SampleSpan[] = [];
	if (!tables) return spans;
	const times = runs(tables.times);
	const chunkCount = Math.floor((tables.offsets.length - 8) / tables.offsetBytes);
	let [run, left, start] = [0, times[0]?.[0] ?? 0, 0];
	let step = 0;
	for (let chunk = 1; chunk <= chunkCount && spans.length < tables.count; chunk++) {
		const place = 8 + (chunk - 1) * tables.offsetBytes;
		let at = tables.offsetBytes === 8 ? bigAt(tables.offsets, place) : tables.offsets.readUInt32BE(place);
		while (chunk >= firstChunk(tables.chunks, step + 1)) step++;
		const inChunk = samplesPerChunk(tables.chunks, step);
		for (let index = 0; index < inChunk && spans.length < tables.count; index++) {
			const sizeBytes = tables.sizes ? tables.sizes.readUInt32BE(12 + spans.length * 4) : tables.sizeBytes;
			while (left === 0 && run < times.length) left = times[++run]?.[0] ?? 0;
			const duration = times[run]?.[1] ?? null;
			left--;
			spans.push({ at, sizeBytes, start, duration });
			start += duration ?? 0;
			at += sizeBytes;
		}
	}
	return spans;
}

async function readTables(file: FilmFile, table: Box): Promise<Tables | null> {
	const boxes = new Map<string, Buffer>();
	for await (const { type, dataAt, end } of boxesOf(file, table.dataAt, table.end)) {
		if (['stsz', 'stco', 'co64', 'stsc', 'stts'].includes(type) && !boxes.has(type))
			boxes.set(type, await file.read(dataAt, end - dataAt, `the box "${type}"`));
	}
	const [sizes, chunks, times] = [boxes.get('stsz'), boxes.get('stsc'), boxes.get('stts')];
	const offsets = boxes.get('stco') ?? boxes.get('co64');
	// Tracks in fragments have tables with nothing in them, or none.
	if (!sizes || sizes.length < 12 || !chunks || chunks.length < 8 || !times || times.length < 8 || !offsets || offsets.length < 8) return null;
	const sizeBytes = sizes.readUInt32BE(4);
	const count = sizes.readUInt32BE(8);
	if (sizeBytes === 0 && 12 + count * 4 > sizes.length) throw file.refuse('damaged', table.at, `the table of sizes has no room for ${count} samples`);
	if (count > mostSpans || sizeBytes * count > file.size) throw file.refuse('tooMuchInside', table.at, `${count} samples`);
	return { sizes: sizeBytes === 0 ? sizes : null, sizeBytes, count, offsets, offsetBytes: boxes.has('stco') ? 4 : 8, chunks, times };
}

/** How many samples in a row last how long, by the box `stts`. */
export function runs(times: Buffer): [count: number, ticks: number][] {
	const found: [number, number][] = [];
	for (let at = 8; at + 8 <= times.length && found.length < times.readUInt32BE(4); at += 8) found.push([times.readUInt32BE(at), times.readUInt32BE(at + 4)]);
	return found;
}

/** The chunk from which on an entry of the table of chunks counts. */
function firstChunk(chunks: Buffer, entry: number): number {
	const at = 8 + entry * 12;
	return at + 12 <= chunks.length ? chunks.readUInt32BE(at) : Number.POSITIVE_INFINITY;
}

function samplesPerChunk(chunks: Buffer, entry: number): number {
	const at = 8 + entry * 12;
	return at + 12 <= chunks.length ? chunks.readUInt32BE(at + 4) : 0;
}
