import type { FilmFile } from '../FilmFile.ts';
import type { Reading, Sample } from '../filmTrack.ts';
import { SampleList } from '../SampleList.ts';
import { elementIn, elementsIn, readElementHeader, textIn, unsignedIn, unsignedOf } from './ebml.ts';
import { ids } from './elementIds.ts';
import { readSample, trackOf } from './readBlocks.ts';
import type { SubtitleEntry } from './readTrackEntries.ts';
import { readPart, type Segment } from './Segment.ts';

interface Place {
	/** Both count as in the index: the cluster from the segment's content, the block from the cluster's. */
	cluster: number;
	block: number;
}

/**
 * Reads the blocks of one track at the places that the index (Cues) of the film names.
 *
 * The index is believed only where it names as many places as the film's own statistics count blocks of the track: nothing obliges a writer
 * to put every subtitle into it. Null where it cannot be believed, or where a place holds something else; then the clusters are to be read.
 */
export async function readIndexedBlocks(file: FilmFile, segment: Segment, entry: SubtitleEntry, { signal, progress }: Reading): Promise<Sample[] | null> {
	const expected = await countedBlocks(file, segment, entry);
	const places = expected === null ? null : await indexedPlaces(file, segment, entry);
	if (!places || places.length !== expected) return null;
	const samples = new SampleList(file);
	let cluster = { position: -1, dataAt: 0, ticks: 0 };
	for (const [index, place] of places.entries()) {
		signal?.throwIfAborted();
		progress?.(index / places.length);
		if (place.cluster !== cluster.position) {
			const found = await clusterAt(file, segment.dataAt + place.cluster);
			if (!found) return null;
			cluster = { position: place.cluster, ...found };
		}
		const at = cluster.dataAt + place.block;
		const header = at < segment.end ? readElementHeader(await file.peek(at)) : null;
		if (!header || header.sizeBytes === null || (header.id !== ids.simpleBlock && header.id !== ids.blockGroup)) return null;
		const found = { isGroup: header.id === ids.blockGroup, dataAt: at + header.headerBytes, sizeBytes: header.sizeBytes };
		if ((await trackOf(file, found)) !== entry.track.id) return null;
		samples.add(await readSample(file, entry, found, cluster.ticks, segment.tickNs));
	}
	progress?.(1);
	return samples.all();
}

/** How many blocks the statistics of the film count in a track; null where they do not say. */
async function countedBlocks(file: FilmFile, segment: Segment, { uid }: SubtitleEntry): Promise<number | null> {
	const tags = await readOptionalPart(file, segment, ids.tags);
	for (const { id, data } of elementsIn(tags)) {
		const target = id === ids.tag ? elementIn(data, ids.targets) : null;
		if (!target || uid === 0 || unsignedIn(target, ids.tagTrackUid, 0) !== uid) continue;
		for (const simple of elementsIn(data)) {
			if (simple.id !== ids.simpleTag || textIn(simple.data, ids.tagName) !== 'NUMBER_OF_FRAMES') continue;
			const written = textIn(simple.data, ids.tagString);
			if (/^\d{1,9}$/.test(written)) return Number(written);
		}
	}
	return null;
}

/** The places of a track that the index names, each once, in the order of the file; null where one of them is not exact. */
async function indexedPlaces(file: FilmFile, segment: Segment, { track }: SubtitleEntry): Promise<Place[] | null> {
	const places = new Map<string, Place>();
	for (const point of elementsIn(await readOptionalPart(file, segment, ids.cues))) {
		if (point.id !== ids.cuePoint) continue;
		for (const { id, data } of elementsIn(point.data)) {
			if (id !== ids.cueTrackPositions || unsignedIn(data, ids.cueTrack, 0) !== track.id) continue;
			const place = { cluster: unsignedIn(data, ids.cueClusterPosition, -1), block: unsignedIn(data, ids.cueRelativePosition, -1) };
			if (place.cluster < 0 || place.block < 0) return null;
			places.set(`${place.cluster}:${place.block}`, place);
		}
	}
	return [...places.values()].sort((a, b) => a.cluster - b.cluster || a.block - b.block);
}

/** Empty where there is no such part, or where it cannot be read: the clusters hold all that is needed. */
async function readOptionalPart(file: FilmFile, segment: Segment, id: typeof ids.cues | typeof ids.tags): Promise<Uint8Array> {
	const at = segment.parts.get(id);
	if (at === undefined) return new Uint8Array();
	const header = readElementHeader(await file.peek(at));
	const isWhole = header?.id === id && header.sizeBytes !== null && at + header.headerBytes + header.sizeBytes <= Math.min(file.size, at + 32 * 2 ** 20);
	return isWhole ? await readPart(file, at, id, 'the index') : new Uint8Array();
}

async function clusterAt(file: FilmFile, at: number): Promise<{ dataAt: number; ticks: number } | null> {
	const cluster = at < file.size ? readElementHeader(await file.peek(at)) : null;
	if (cluster?.id !== ids.cluster) return null;
	const dataAt = at + cluster.headerBytes;
	let child = dataAt;
	// Before the time there is at most a checksum and the like.
	for (let count = 0; count < 8; count++) {
		const header = readElementHeader(await file.peek(child));
		if (!header || header.sizeBytes === null) return null;
		if (header.id === ids.timestamp && header.sizeBytes <= 8) {
			return { dataAt, ticks: unsignedOf(await file.read(child + header.headerBytes, header.sizeBytes, 'the time of a cluster')) ?? 0 };
		}
		child += header.headerBytes + header.sizeBytes;
	}
	return null;
}
