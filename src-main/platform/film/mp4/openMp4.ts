import { isFailure } from '#contract/errors.ts';
import type { FilmFile } from '../FilmFile.ts';
import type { Film, RawTrack, Reading, SoundTrack } from '../filmTrack.ts';
import { SampleList } from '../SampleList.ts';
import { type Box, boxesIn, boxesOf } from './boxes.ts';
import { type FragmentDefaults, readFragment } from './readFragment.ts';
import { readSampleTable } from './readSampleTable.ts';
import { type Mp4Subtitles, type Mp4Track, readTrack } from './readTrack.ts';
import { mostSpans, type SampleSpan } from './SampleSpan.ts';

const mostTracks = 1000;
const firstBoxes = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp', 'uuid'];

/** Tells from its first bytes whether a file may be an MP4 or MOV film. */
export function isMp4(start: Buffer): boolean {
	return start.length >= 8 && firstBoxes.includes(start.toString('latin1', 4, 8));
}

/**
 * Opens an MP4 or MOV film: finds its `moov` box wherever it is, and reads of it what tells of the tracks.
 *
 * @throws FILM_INVALID for a damaged one.
 */
export async function openMp4(file: FilmFile): Promise<Film> {
	const moov = await findMoov(file);
	let timescale = 1000;
	const defaults = new Map<number, FragmentDefaults>();
	const tracks: Mp4Track[] = [];
	for await (const box of boxesOf(file, moov.dataAt, moov.end)) {
		if (tracks.length > mostTracks) throw file.refuse('tooMuchInside', box.at, `more than ${mostTracks} tracks`);
		if (box.type === 'trak') tracks.push(await readTrack(file, box));
		if (box.type === 'mvhd') timescale = timescaleOf(await file.read(box.dataAt, box.end - box.dataAt, 'the head of the film')) || timescale;
		if (box.type === 'mvex') addDefaults(defaults, await file.read(box.dataAt, box.end - box.dataAt, 'the defaults of the fragments'));
	}
	return new Mp4Film(file, { tracks, timescale, defaults, after: moov.end });
}

class Mp4Film implements Film {
	readonly #file: FilmFile;
	readonly #subtitles: Mp4Subtitles[];
	readonly #timescale: number;
	readonly #defaults: ReadonlyMap<number, FragmentDefaults>;
	readonly #after: number;
	readonly tracks: Film['tracks'];

	constructor(file: FilmFile, moov: { tracks: Mp4Track[]; timescale: number; defaults: ReadonlyMap<number, FragmentDefaults>; after: number }) {
		this.#file = file;
		this.#timescale = moov.timescale;
		this.#defaults = moov.defaults;
		this.#after = moov.after;
		// Chapters are a track of text too.
		const chapters = new Set(moov.tracks.flatMap((track) => track.chapters));
		this.#subtitles = moov.tracks.flatMap(({ subtitles }) => (subtitles && !chapters.has(subtitles.track.id) ? [subtitles] : []));
		const sound: SoundTrack[] = moov.tracks.flatMap((track) => track.sound ?? []);
		const fps = moov.tracks.find((track) => track.fps !== null)?.fps ?? null;
		this.tracks = { container: 'mp4', fps, subtitles: this.#subtitles.map(({ track }) => track), sound, fonts: [] };
	}

	async readTrack(id: number, reading: Reading): Promise<RawTrack> {
		const found = this.#subtitles.find(({ track }) => track.id === id);
		if (!found?.codec) throw this.#file.refuse('noTrack', null, `track ${id}`);
		const spans = found.sampleTable ? await readSampleTable(this.#file, found.sampleTable) : [];
		const fragments = this.#defaults.has(id) ? await this.#readFragments(id, spans, reading) : { brokenAt: null };
		const read = await this.#readSamples(found, spans, reading);
		return { codec: found.codec, head: found.entry, samples: read.samples, originMs: this.#clockOf(found)(0), brokenAt: read.brokenAt ?? fragments.brokenAt };
	}

	/** Adds to `spans` what the fragments of the film hold of a track. */
	async #readFragments(trackId: number, spans: SampleSpan[], { signal, progress }: Reading): Promise<{ brokenAt: number | null }> {
		const defaults = this.#defaults.get(trackId) ?? { duration: 0, sizeBytes: 0 };
		let start = 0;
		try {
			for await (const box of boxesOf(this.#file, this.#after, this.#file.size)) {
				signal?.throwIfAborted();
				progress?.((0.9 * box.at) / this.#file.size);
				if (box.type !== 'moof') continue;
				const moof = await this.#file.read(box.dataAt, box.end - box.dataAt, 'a fragment');
				const read = readFragment(moof, { trackId, moofAt: box.at, start, defaults });
				start = read.end;
				for (const span of read.spans) spans.push(span);
				if (spans.length > mostSpans) throw this.#file.refuse('tooMuchInside', box.at, `more than ${mostSpans} samples`);
			}
		} catch (error) {
			// A film that is cut off in its last fragment still has the others.
			if (spans.length > 0 && isCutOff(error)) return { brokenAt: this.#file.size };
			throw error;
		}
		return { brokenAt: null };
	}

	/** Tells when in the film a time of a track's own clock is, in milliseconds. */
	#clockOf({ timescale, edits }: Mp4Subtitles): (ticks: number) => number {
		// An edit list that begins late or leaves out a beginning moves the whole track; other edits text tracks do not have.
		const empty = edits[0]?.mediaTime === -1 ? edits[0].duration : 0;
		const first = edits.find(({ mediaTime }) => mediaTime >= 0)?.mediaTime ?? 0;
		return (ticks) => Math.round((empty / this.#timescale + (ticks - first) / timescale) * 1000);
	}

	async #readSamples(track: Mp4Subtitles, spans: readonly SampleSpan[], { signal, progress }: Reading) {
		const samples = new SampleList(this.#file);
		const toMs = this.#clockOf(track);
		for (const [index, { at, sizeBytes, start, duration }] of spans.entries()) {
			signal?.throwIfAborted();
			if (index % 256 === 0) progress?.(index / spans.length);
			if (at + sizeBytes > this.#file.size) return samples.brokenOff(at, 'cutOff', `a sample would end at ${at + sizeBytes}`);
			// A sample of nothing, or one that is over before it begins to count, is a gap.
			if (sizeBytes === 0) continue;
			const data = await this.#file.read(at, sizeBytes, 'a sample of subtitles');
			samples.add({ startMs: toMs(start), endMs: duration === null ? null : toMs(start + duration), data, additions: null });
		}
		progress?.(1);
		return { samples: samples.all(), brokenAt: null };
	}
}

function isCutOff(error: unknown): boolean {
	return isFailure(error, 'FILM_INVALID') && error.data.reason !== 'tooMuchInside';
}

async function findMoov(file: FilmFile): Promise<Box> {
	for await (const box of boxesOf(file, 0, file.size)) if (box.type === 'moov') return box;
	throw file.refuse('damaged', null, 'there is no list of tracks (moov)');
}

function timescaleOf(mvhd: Buffer): number {
	const at = mvhd[0] === 1 ? 20 : 12;
	return mvhd.length >= at + 4 ? mvhd.readUInt32BE(at) : 0;
}

function addDefaults(defaults: Map<number, FragmentDefaults>, mvex: Buffer): void {
	for (const { type, data } of boxesIn(mvex)) {
		if (type === 'trex' && data.length >= 20) defaults.set(data.readUInt32BE(4), { duration: data.readUInt32BE(12), sizeBytes: data.readUInt32BE(16) });
	}
}
