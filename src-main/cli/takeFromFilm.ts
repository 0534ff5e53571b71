import { basename, extname } from 'node:path';
import { Ended, exitCodes, usageError } from './exitCodes.ts';

const filmEndings = ['.mkv', '.mks', '.webm', '.mp4', '.m4v', '.mov'];

/** Whether a file is a film, by its ending. */
export function isFilm(path: string): boolean {
	return filmEndings.includes(extname(path).toLowerCase());
}

/**
 * The subtitles in a film, as a file of their own: what is asked for is text, however large the film is, and no film goes to the gateway.
 *
 * Without `trackId` those that there are, or that the film shows by itself. Throws Ended where it is open which are meant, and what the film is refused with.
 */
export async function takeFromFilm(path: string, trackId: number | undefined, signal: AbortSignal) {
	// Only films need it.
	const [{ listTracks }, { extractTrack }] = await Promise.all([import('../platform/film/listTracks.ts'), import('../platform/film/extractTrack.ts')]);
	const { subtitles } = await listTracks(path);
	const texts = subtitles.filter(({ obstacle }) => obstacle === null);
	const shown = texts.filter(({ isDefault }) => isDefault);
	const [chosen, ...others] = trackId === undefined ? (shown.length === 1 ? shown : texts) : texts.filter(({ id }) => id === trackId);
	const listed = texts.map(({ id, language, title }) => `  --track ${id}  ${[language, title].filter(Boolean).join(', ')}`).join('\n');
	if (texts.length === 0) throw new Ended(exitCodes.failed, 'FILM_INVALID', `There are no subtitles in ${basename(path)} that are text.`, { path });
	if (!chosen) throw usageError(`${basename(path)} has no subtitles ${trackId}, but:\n${listed}`);
	if (others.length > 0) throw usageError(`Which subtitles of ${basename(path)}?\n${listed}`);
	const { format, text, brokenAt } = await extractTrack(path, chosen.id, { signal });
	return { bytes: Buffer.from(text), name: `${basename(path, extname(path))}.${format}`, brokenAt };
}
