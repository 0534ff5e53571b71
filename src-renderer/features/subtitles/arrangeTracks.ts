import type { FilmTracks } from '#contract/filmTracks.ts';

export type SubtitleTrack = FilmTracks['subtitles'][number];

/** Those that can be taken out first, and of them whole tracks before those that hold only what is foreign in the film; else as in the film. */
export function arrangeTracks(tracks: readonly SubtitleTrack[]): SubtitleTrack[] {
	const rank = ({ obstacle, isForced }: SubtitleTrack) => (obstacle === null ? Number(isForced) : 2);
	return [...tracks].sort((a, b) => rank(a) - rank(b));
}
