import { create } from 'zustand';
import type { FilmTracks } from '#contract/filmTracks.ts';
import { client } from '../../rpc/client.ts';
import { notifyError } from '../../ui/notify.ts';
import { saveFile } from '../../ui/saveFile.ts';

interface NewFilmState {
	/** A film was wanted: the field for its path stays, also beside files, until one of its tracks is taken. */
	isWanted: boolean;
	/** A film that was dropped, of which a browser tells the name alone; null where none waits for its path. */
	droppedName: string | null;
	/** What stands in the field for its path. */
	typed: string;
	/** The film, or the sound, that was read last; null: none. */
	path: string | null;
	/** Null where none was read, and of a sound alone. */
	tracks: FilmTracks | null;
	/** Null: that of the reader. */
	targetLanguage: string | null;
	isBusy: boolean;
	error: unknown;
	/** Speech that is recognised, and the project that it becomes. */
	listening: { jobId: string; projectId: string } | null;
}

/** The film of this machine that a project is made of; it is kept while other screens are looked at. */
export const useNewFilm = create<NewFilmState>(() => ({
	...{ isWanted: false, droppedName: null, typed: '', path: null, tracks: null, targetLanguage: null, isBusy: false, error: null, listening: null },
}));

/** Reads which tracks a film has. A WAV file is a sound: it has none, and its speech can be recognised all the same. */
export async function readFilm(path: string): Promise<void> {
	useNewFilm.setState({ isWanted: true, droppedName: null, typed: path, path: null, tracks: null });
	await attempt(async () => {
		const tracks = /\.wav$/i.test(path) ? null : await client.subtitles.film({ path });
		useNewFilm.setState({ path, tracks });
	});
}

/** Asks for the path of a film that was dropped or chosen. */
export function askForPath(droppedName: string): void {
	useNewFilm.setState({ isWanted: true, droppedName, typed: '', path: null, tracks: null, error: null });
}

export function setTypedPath(typed: string): void {
	useNewFilm.setState({ typed, isWanted: true });
}

export function setFilmTarget(targetLanguage: string | null): void {
	useNewFilm.setState({ targetLanguage });
}

/**
 * Makes a project of a track; where no language to translate into was chosen, into what is likely by what the track turns out to be in. Its id;
 * null when that failed.
 */
export async function takeTrack(trackId: number, likelyTargetOf: (source: string | null) => string): Promise<string | null> {
	const { path, tracks, targetLanguage: chosen } = useNewFilm.getState();
	if (path === null) return null;
	const told = tracks?.subtitles.find(({ id }) => id === trackId)?.language ?? null;
	const project = await attempt(async () => {
		const made = await client.subtitles.createFromFilm({ fields: { targetLanguage: chosen ?? likelyTargetOf(told) }, path, trackId });
		const likely = likelyTargetOf(made.sourceLanguage);
		if (chosen !== null || likely === made.targetLanguage) return made;
		return client.subtitles.change({ projectId: made.id, fields: { targetLanguage: likely } }).catch((error: unknown) => {
			// It is there all the same, and its language can be changed on its page: another try would make it twice.
			notifyError(error);
			return made;
		});
	});
	if (project === null) return null;
	useNewFilm.setState({ isWanted: false, typed: '', path: null, tracks: null });
	return project.id;
}

/** Gives the reader every font that the film carries, to be saved beside its subtitles. How many; null when that failed. */
export async function saveFonts(): Promise<number | null> {
	const { path, tracks } = useNewFilm.getState();
	if (path === null || tracks === null) return null;
	return attempt(async () => {
		for (const at of tracks.fonts.keys()) {
			const { fileName, file } = await client.subtitles.filmFont({ path, at });
			saveFile(fileName, file);
		}
		return tracks.fonts.length;
	});
}

/** Has the speech recognised with the model in a folder of this machine; `soundAt` counts the tracks of sound from 0. */
export async function listenTo(modelFolder: string, soundAt: number, targetLanguage: string): Promise<void> {
	const { path } = useNewFilm.getState();
	if (path === null) return;
	const begun = await attempt(() => client.subtitles.listen({ fields: { targetLanguage }, path, modelFolder, soundAt }));
	if (begun !== null) useNewFilm.setState({ listening: { jobId: begun.job.id, projectId: begun.projectId } });
}

/** Pauses the recognition, goes on with it, or cancels it: then no project comes of it. */
export async function steerListening(act: 'pause' | 'resume' | 'cancel', jobId: string): Promise<void> {
	await attempt(() => client.jobs[act]({ jobId }));
}

async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
	useNewFilm.setState({ isBusy: true, error: null });
	try {
		return await work();
	} catch (error) {
		useNewFilm.setState({ error });
		return null;
	} finally {
		useNewFilm.setState({ isBusy: false });
	}
}
