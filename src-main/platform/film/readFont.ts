import { openFilm } from './openFilm.ts';

/**
 * A font that a film carries for its styled subtitles, as `listTracks` names it.
 *
 * @param at which of them, from 0.
 * @throws what `listTracks` throws; FILM_INVALID where there is no such font, or one of more than 32 MiB.
 */
export async function readFont(path: string, at: number): Promise<{ fileName: string; bytes: Uint8Array }> {
	return await openFilm(path, async ({ tracks }, file) => {
		const font = tracks.fonts[at];
		if (!font) throw file.refuse('noTrack', null, `font ${at}`);
		return { fileName: font.fileName, bytes: await file.read(font.at, font.sizeBytes, `the font ${font.fileName}`) };
	});
}
