import { FilmFile } from './FilmFile.ts';
import type { Film } from './filmTrack.ts';
import { openMatroska } from './matroska/openMatroska.ts';
import { isMp4, openMp4 } from './mp4/openMp4.ts';

/**
 * Opens the film at `path` for as long as `use` takes. What kind it is goes by its content.
 *
 * @throws FILE_NOT_FOUND, FILE_NOT_ALLOWED, DISK_FAILED; FILM_INVALID for what is no film or a damaged one.
 */
export async function openFilm<Result>(path: string, use: (film: Film, file: FilmFile) => Promise<Result>): Promise<Result> {
	const file = await FilmFile.open(path);
	try {
		const film = isMp4(await file.peek(0)) ? await openMp4(file) : await openMatroska(file);
		return await use(film, file);
	} finally {
		await file.close();
	}
}
