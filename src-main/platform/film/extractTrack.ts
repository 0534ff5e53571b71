import type { Reading } from './filmTrack.ts';
import { openFilm } from './openFilm.ts';
import { type TrackText, writeTrack } from './text/writeTrack.ts';

/** A track of subtitles that was taken out of a film. */
export interface ExtractedTrack extends TrackText {
	/** The byte from which on the film could not be read, so that what is shown later is missing; null where it was read to its end. */
	brokenAt: number | null;
	/** How much of the film was read. */
	bytesRead: number;
}

/**
 * Takes a track of subtitles out of a film, as a whole file of subtitles.
 *
 * Of the film it reads the headers and the subtitles and never the pictures or the sound. A film that breaks off gives what comes before.
 *
 * @param id as `listTracks` tells it.
 * @throws what `listTracks` throws; FILM_INVALID also for a track of pictures, an encrypted one and others that hold no readable text.
 * Rejects with the reason of `signal` where it aborts.
 */
export async function extractTrack(path: string, id: number, reading: Reading = {}): Promise<ExtractedTrack> {
	return await openFilm(path, async (film, file) => {
		const track = film.tracks.subtitles.find((each) => each.id === id);
		if (!track) throw file.refuse('noTrack', null, `track ${id}`);
		if (track.obstacle) throw file.refuse(track.obstacle, null, track.codec);
		const raw = await film.readTrack(id, reading);
		return { ...(await writeTrack(raw)), brokenAt: raw.brokenAt, bytesRead: file.bytesRead };
	});
}
