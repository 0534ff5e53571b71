import type { FilmTracks } from './filmTrack.ts';
import { openFilm } from './openFilm.ts';

/**
 * Lists the tracks of subtitles and of sound in an MKV, WebM, MP4 or MOV film.
 *
 * Reads the lists of tracks alone, whatever the size of the film.
 *
 * @throws FILE_NOT_FOUND, FILE_NOT_ALLOWED, DISK_FAILED; FILM_INVALID for what is no film or a damaged one.
 */
export async function listTracks(path: string): Promise<FilmTracks> {
	return await openFilm(path, async ({ tracks }) => tracks);
}
