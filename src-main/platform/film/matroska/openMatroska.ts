import type { FilmFile } from '../FilmFile.ts';
import type { Attachment, Film, RawTrack, Reading } from '../filmTrack.ts';
import { ids } from './elementIds.ts';
import { readAttachments } from './readAttachments.ts';
import { readBlocks } from './readBlocks.ts';
import { readIndexedBlocks } from './readIndexedBlocks.ts';
import { readTrackEntries, type SubtitleEntry } from './readTrackEntries.ts';
import { findSegment, readPart, type Segment } from './Segment.ts';

/**
 * Opens an MKV or WebM film: reads what stands before the first cluster, and the list of tracks wherever it is.
 *
 * @throws FILM_INVALID for what is no such film, and for a damaged one.
 */
export async function openMatroska(file: FilmFile): Promise<Film> {
	const segment = await findSegment(file);
	const at = segment.parts.get(ids.tracks);
	if (at === undefined) throw file.refuse('damaged', null, 'there is no list of tracks');
	const { subtitles, sound, fps } = readTrackEntries(await readPart(file, at, ids.tracks, 'the list of tracks'));
	const fonts = (await readAttachments(file, segment)).filter(isFont);
	return new MatroskaFilm(file, segment, subtitles, { sound, fps, fonts });
}

/** By its name or by what the film says that it is: programs have called fonts by many names. */
function isFont({ fileName, mediaType }: Attachment): boolean {
	return /\.(?:ttf|otf|ttc|otc|woff2?|pfb)$/i.test(fileName) || /font|truetype|opentype/i.test(mediaType);
}

class MatroskaFilm implements Film {
	readonly #file: FilmFile;
	readonly #segment: Segment;
	readonly #entries: SubtitleEntry[];
	readonly tracks: Film['tracks'];

	constructor(file: FilmFile, segment: Segment, entries: SubtitleEntry[], told: Pick<Film['tracks'], 'sound' | 'fps' | 'fonts'>) {
		this.#file = file;
		this.#segment = segment;
		this.#entries = entries;
		this.tracks = { container: 'matroska', subtitles: entries.map(({ track }) => track), ...told };
	}

	async readTrack(id: number, reading: Reading): Promise<RawTrack> {
		const entry = this.#entries.find(({ track }) => track.id === id);
		if (!entry?.codec) throw this.#file.refuse('noTrack', null, `track ${id}`);
		const indexed = await readIndexedBlocks(this.#file, this.#segment, entry, reading);
		const read = indexed ? { samples: indexed, brokenAt: null } : await readBlocks(this.#file, this.#segment, entry, reading);
		return { codec: entry.codec, head: entry.head, originMs: 0, ...read };
	}
}
