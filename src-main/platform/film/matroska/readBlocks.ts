import type { FilmFile } from '../FilmFile.ts';
import type { Reading, Sample } from '../filmTrack.ts';
import { SampleList } from '../SampleList.ts';
import { undoEncodings } from './ContentEncoding.ts';
import { elementIn, elementsIn, readElementHeader, readSize, unsignedIn, unsignedOf } from './ebml.ts';
import { ids } from './elementIds.ts';
import type { SubtitleEntry } from './readTrackEntries.ts';
import type { Segment } from './Segment.ts';

/** A film of ten hours with a block of sound every millisecond has 36 million; a file of nothing but empty elements has billions. */
const mostElements = 60_000_000;
const progressEvery = 4096;

/** A block where it stands in the file: its own element, or the group that it is in. */
export interface BlockPlace {
	isGroup: boolean;
	dataAt: number;
	sizeBytes: number;
}

/**
 * Reads the blocks of one track by going from header to header through all clusters; of the blocks of other tracks only the headers are read.
 *
 * A place that makes no sense ends it: what was read up to there is returned, with that place, or thrown as FILM_INVALID if nothing was.
 */
export async function readBlocks(
	file: FilmFile,
	segment: Segment,
	entry: SubtitleEntry,
	{ signal, progress }: Reading,
): Promise<{ samples: Sample[]; brokenAt: number | null }> {
	const samples = new SampleList(file);
	const { firstClusterAt, end, tickNs } = segment;
	let at = firstClusterAt ?? end;
	let clusterTicks = 0;
	for (let count = 0; at < end; count++) {
		signal?.throwIfAborted();
		if (count % progressEvery === 0) progress?.((at - segment.dataAt) / Math.max(1, end - segment.dataAt));
		if (count > mostElements) throw file.refuse('tooMuchInside', at, `more than ${mostElements} elements`);
		const header = readElementHeader(await file.peek(at));
		if (header?.id === ids.ebml || header?.id === ids.segment) break;
		const dataAt = at + (header?.headerBytes ?? 0);
		if (header?.id === ids.cluster) {
			at = dataAt;
			clusterTicks = 0;
			continue;
		}
		if (!header || header.sizeBytes === null) return samples.brokenOff(at, 'damaged', 'no element begins here');
		const next = dataAt + header.sizeBytes;
		if (next > file.size) return samples.brokenOff(at, 'cutOff', `an element would end at ${next}, the file ends at ${file.size}`);
		if (header.id === ids.timestamp) clusterTicks = unsignedOf(await file.read(dataAt, Math.min(header.sizeBytes, 8), 'the time of a cluster')) ?? 0;
		if (header.id === ids.simpleBlock || header.id === ids.blockGroup) {
			const place = { isGroup: header.id === ids.blockGroup, dataAt, sizeBytes: header.sizeBytes };
			if ((await trackOf(file, place)) === entry.track.id) samples.add(await readSample(file, entry, place, clusterTicks, tickNs));
		}
		at = next;
	}
	progress?.(1);
	return { samples: samples.all(), brokenAt: null };
}

/** The number of the track that a block belongs to; null for what is no block. */
export async function trackOf(file: FilmFile, { isGroup, dataAt, sizeBytes }: BlockPlace): Promise<number | null> {
	let at = dataAt;
	// The block comes first in its group wherever a film was made by a known program.
	for (let count = 0; isGroup && count < 16; count++) {
		const header = at < dataAt + sizeBytes ? readElementHeader(await file.peek(at)) : null;
		if (!header || header.sizeBytes === null) return null;
		at += header.headerBytes;
		if (header.id === ids.block) break;
		at += header.sizeBytes;
	}
	return readSize(await file.peek(at), 0)?.value ?? null;
}

/** Reads one block of subtitles. Its time counts from `clusterTicks`. */
export async function readSample(file: FilmFile, entry: SubtitleEntry, place: BlockPlace, clusterTicks: number, tickNs: number): Promise<Sample> {
	const whole = await file.read(place.dataAt, place.sizeBytes, 'a block of subtitles');
	const block = place.isGroup ? elementIn(whole, ids.block) : whole;
	const track = readSize(block ?? whole, 0);
	// Track, time (16 bits, signed) and flags come before the content (RFC 9559 section 10).
	if (!block || !track || block.length < track.bytes + 3) throw file.refuse('damaged', place.dataAt, 'a block of subtitles is not whole');
	const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
	if ((view.getUint8(track.bytes + 2) & 0x06) !== 0) throw file.refuse('codec', place.dataAt, 'several subtitles are laced into one block');
	const data = undoEncodings(entry.encodings, 'blocks', block.subarray(track.bytes + 3));
	if (!data) throw file.refuse('damaged', place.dataAt, 'a packed subtitle cannot be unpacked');
	const startTicks = clusterTicks + view.getInt16(track.bytes);
	const ticks = place.isGroup ? unsignedIn(whole, ids.blockDuration, -1) : -1;
	const durationNs = ticks >= 0 ? ticks * tickNs : entry.defaultDurationNs;
	const startMs = Math.round((startTicks * tickNs) / 1e6);
	return {
		startMs,
		endMs: ticks >= 0 || durationNs > 0 ? Math.round((startTicks * tickNs + durationNs) / 1e6) : null,
		data,
		additions: place.isGroup ? additionsOf(whole) : null,
	};
}

/** What stands beside a block under the number 1, where WebVTT keeps its settings. */
function additionsOf(group: Uint8Array): Uint8Array | null {
	for (const { id, data } of elementsIn(elementIn(group, ids.blockAdditions) ?? new Uint8Array())) {
		if (id === ids.blockMore && unsignedIn(data, ids.blockAddId, 1) === 1) return elementIn(data, ids.blockAdditional);
	}
	return null;
}
