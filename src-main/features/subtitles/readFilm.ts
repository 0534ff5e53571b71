import { basename, extname } from 'node:path';
import type { FilmTracks } from '#contract/filmTracks.ts';
import type { FilmFields, ProjectFields } from '#contract/subtitles.ts';
import { extractTrack } from '../../platform/film/extractTrack.ts';
import { listTracks } from '../../platform/film/listTracks.ts';
import { readFont } from '../../platform/film/readFont.ts';
import { hasDecoder } from '../../platform/speech/hasDecoder.ts';
import { plainFileName } from '../../platform/text/exportFileName.ts';
import { findFile } from '../library/library.ts';
import type { NewProject } from './addProject.ts';
import { isShown, languageOfCues } from './languageOfCues.ts';
import { readSubtitleFile } from './readSubtitleFile.ts';

/** What a film of this machine holds. Throws FILE_NOT_FOUND, FILE_NOT_ALLOWED, DISK_FAILED and FILM_INVALID. */
export async function readFilm(path: string): Promise<FilmTracks> {
	const film = await findFile(path);
	const { fonts, ...tracks } = await listTracks(film.path);
	const named = fonts.map(({ fileName, sizeBytes }) => ({ fileName: plainFileName(fileName), sizeBytes }));
	return { fileName: basename(film.path), ...tracks, fonts: named, hasDecoder: await hasDecoder() };
}

/** A font that a film of this machine carries, the `at`th from 0. Throws what `readFilm` does. */
export async function takeFont(path: string, at: number): Promise<{ fileName: string; bytes: Uint8Array }> {
	const { fileName, bytes } = await readFont((await findFile(path)).path, at);
	return { fileName: plainFileName(fileName), bytes };
}

/** A track of text of a film, to become a project. Throws what `readFilm` does, and SUBTITLES_INVALID for a track without cues. */
export async function takeTrack(path: string, trackId: number, fields: FilmFields, signal?: AbortSignal): Promise<NewProject> {
	const film = await findFile(path);
	const { fps, subtitles } = await listTracks(film.path);
	const { format, text, brokenAt } = await extractTrack(film.path, trackId, { signal });
	const bytes = Buffer.from(text);
	const read = await readSubtitleFile({ bytes, encoding: 'utf-8' });
	const brokenOff = brokenAt === null ? [] : [{ what: 'filmBrokenOff' as const, line: text.split('\n').length, found: `${brokenAt}` }];
	// What the film says of its track, or what that turns out to be in.
	const language = subtitles.find(({ id }) => id === trackId)?.language ?? languageOfCues(read.cues.filter(isShown(read.format)));
	return {
		fields: fieldsOfFilm(fields, film.path, { fps, language }),
		source: { bytes, fileName: `${nameOf(film.path)}.${format}` },
		read: { ...read, problems: [...read.problems, ...brokenOff] },
	};
}

/** What a project is to be, with what the film tells in place of what was left open. */
export function fieldsOfFilm(fields: FilmFields, path: string, told: { fps: number | null; language: string | null }): ProjectFields {
	return { ...fields, title: fields.title ?? nameOf(path), fps: fields.fps ?? told.fps, sourceLanguage: fields.sourceLanguage ?? told.language };
}

/** What a film is called: its file's name without the ending. */
export function nameOf(path: string): string {
	return basename(path, extname(path)).trim().slice(0, 200) || basename(path).slice(0, 200);
}
