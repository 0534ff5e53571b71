import { bridge } from '../../rpc/bridge.ts';
import { askForPath, readFilm } from './newFilmStore.ts';
import { addFiles } from './newProjectStore.ts';

const filmEndings = /\.(?:mkv|mka|webm|mp4|m4v|m4a|mov|wav)$/i;

/** Whether a file is called as films and sounds are that are read. */
export function isFilmName(fileName: string): boolean {
	return filmEndings.test(fileName);
}

/**
 * Takes dropped or chosen files in: those of subtitles as they are, a film by its path, as it is read where it is and never sent.
 *
 * @param mayRead whether the reader may name files of the machine, as administrators do; to others a film is a file like any other.
 * @returns the film that was taken where several came, of which one is taken at a time; else null.
 */
export function takeFiles(files: readonly File[], mayRead: boolean): File | null {
	const films = mayRead ? files.filter(({ name }) => isFilmName(name)) : [];
	const others = files.filter((file) => !films.includes(file));
	if (others.length > 0) addFiles(others);
	const [film] = films;
	if (!film) return null;
	const path = bridge()?.pathForFile(film);
	if (path) void readFilm(path);
	else askForPath(film.name);
	return films.length > 1 ? film : null;
}
