/** Why a track of subtitles cannot be taken out as text. */
export type TrackObstacle = 'picture' | 'encrypted' | 'compression' | 'codec';

/** A track of subtitles in a film. */
export interface SubtitleTrack {
	/** As the file numbers it; tells it apart from every other track of the file. */
	id: number;
	/** In plain words: "SubRip (SRT)", "PGS (Blu-ray pictures)". */
	codec: string;
	kind: 'text' | 'picture';
	/** A BCP 47 tag, `en` or `zh-Hant`; null where the file does not tell. */
	language: string | null;
	/** Empty where it has none. */
	title: string;
	isDefault: boolean;
	isForced: boolean;
	/** Null where `extractTrack` reads it. */
	obstacle: TrackObstacle | null;
}

/** A track of sound in a film. */
export interface SoundTrack {
	id: number;
	codec: string;
	language: string | null;
	title: string;
	isDefault: boolean;
	/** Null where the file does not tell. */
	channels: number | null;
}

/** A file that a film carries. */
export interface Attachment {
	fileName: string;
	/** As the film says it, such as `font/ttf`. */
	mediaType: string;
	sizeBytes: number;
	/** Where in the film it begins. */
	at: number;
}

/** What a film holds beside its pictures. */
export interface FilmTracks {
	container: 'matroska' | 'mp4';
	/** Frames per second to the thousandth, 1 to 240; null where the film does not tell or changes them. */
	fps: number | null;
	subtitles: SubtitleTrack[];
	sound: SoundTrack[];
	/** The fonts that it carries for styled subtitles. */
	fonts: Attachment[];
}

/** How the bytes of a track of text are to be understood. */
export type TextCodec = 'srt' | 'ass' | 'ssa' | 'vtt' | 'oldVtt' | 'tx3g' | 'quickTimeText' | 'wvtt' | 'stpp';

/** What a container holds of one cue, as it stands there. */
export interface Sample {
	startMs: number;
	/** Null where the container does not tell: until the next one. */
	endMs: number | null;
	data: Uint8Array;
	/** What Matroska keeps beside a WebVTT cue: its settings, identifier and comments. */
	additions: Uint8Array | null;
}

/** A track of text as its container holds it. */
export interface RawTrack {
	codec: TextCodec;
	/** What stands before the cues: the head of an ASS or WebVTT file, the sample entry of an MP4 track. */
	head: Uint8Array;
	samples: Sample[];
	/** When in the film the track's own clock is at 0, in milliseconds. */
	originMs: number;
	/** The byte from which on the film could not be read; null where it was read to its end. */
	brokenAt: number | null;
}

/** What a long reading is told and tells: `progress` is a fraction, 0..1. */
export interface Reading {
	signal?: AbortSignal | undefined;
	progress?: ((fraction: number) => void) | undefined;
}

/** An opened film of one of the containers. */
export interface Film {
	tracks: FilmTracks;
	/** Reads a track without obstacle. */
	readTrack(id: number, reading: Reading): Promise<RawTrack>;
}
