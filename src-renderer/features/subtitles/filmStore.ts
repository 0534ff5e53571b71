import { create } from 'zustand';
import { readPeaks } from './readPeaks.ts';

interface FilmState {
	/** A film of the reader's own, by an address that only this page knows; nothing of it is sent anywhere. Null: none was chosen. */
	url: string | null;
	name: string;
	/** The browser has no decoder for its picture or its sound. */
	isUnplayable: boolean;
	positionMs: number;
	/** How loud it is along time (peaksOf.ts); null: not known. */
	peaks: Float32Array | null;
}

const noFilm: FilmState = { url: null, name: '', isUnplayable: false, positionMs: 0, peaks: null };

/** The film beside the table. */
export const useFilm = create<FilmState>(() => noFilm);

let video: HTMLVideoElement | null = null;

/** Shows a film that was chosen, in place of the one before; null shows none. */
export function setFilm(file: File | null): void {
	const { url } = useFilm.getState();
	if (url !== null) URL.revokeObjectURL(url);
	useFilm.setState(file === null ? noFilm : { ...noFilm, url: URL.createObjectURL(file), name: file.name });
	if (file !== null) void readPeaks(file).then((peaks) => useFilm.setState((state) => (state.name === file.name ? { peaks } : {})));
}

/** The element that plays it, while it is there. */
export function holdVideo(element: HTMLVideoElement | null): void {
	video = element;
}

/** Tells where the film is. */
export function setPosition(positionMs: number): void {
	useFilm.setState({ positionMs });
}

export function setUnplayable(): void {
	useFilm.setState({ isUnplayable: true });
}

/** Goes to a time of the film, where one is shown. */
export function seekTo(ms: number): void {
	if (video === null || !Number.isFinite(video.duration)) return;
	video.currentTime = Math.min(video.duration, Math.max(0, ms / 1000));
}

/** Plays the film, or stops it. */
export function togglePlaying(): void {
	if (video === null) return;
	if (video.paused) void video.play().catch(setUnplayable);
	else video.pause();
}
