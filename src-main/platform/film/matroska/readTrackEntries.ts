import type { SoundTrack, SubtitleTrack, TextCodec } from '../filmTrack.ts';
import { frameRate } from '../frameRate.ts';
import { languageTag } from '../languageTag.ts';
import { type ContentEncoding, obstacleOf, readEncodings, undoEncodings } from './ContentEncoding.ts';
import { elementIn, elementsIn, textIn, unsignedIn } from './ebml.ts';
import { ids } from './elementIds.ts';

/** What is needed to read the blocks of a track of subtitles. */
export interface SubtitleEntry {
	track: SubtitleTrack;
	uid: number;
	codec: TextCodec | null;
	head: Uint8Array;
	encodings: ContentEncoding[];
	/** In nanoseconds; 0 where there is none. */
	defaultDurationNs: number;
}

const textCodecs: Record<string, [codec: TextCodec, words: string]> = {
	'S_TEXT/UTF8': ['srt', 'SubRip (SRT)'],
	'S_TEXT/ASCII': ['srt', 'SubRip (SRT)'],
	'S_TEXT/ASS': ['ass', 'Advanced SubStation Alpha (ASS)'],
	S_ASS: ['ass', 'Advanced SubStation Alpha (ASS)'],
	'S_TEXT/SSA': ['ssa', 'SubStation Alpha (SSA)'],
	S_SSA: ['ssa', 'SubStation Alpha (SSA)'],
	'S_TEXT/WEBVTT': ['vtt', 'WebVTT'],
	'D_WEBVTT/SUBTITLES': ['oldVtt', 'WebVTT'],
	'D_WEBVTT/CAPTIONS': ['oldVtt', 'WebVTT'],
};
const pictureCodecs: Record<string, string> = {
	'S_HDMV/PGS': 'PGS (Blu-ray pictures)',
	S_VOBSUB: 'VobSub (DVD pictures)',
	'S_VOBSUB/ZLIB': 'VobSub (DVD pictures)',
	S_DVBSUB: 'DVB (broadcast pictures)',
	'S_IMAGE/BMP': 'BMP (pictures)',
};
const otherCodecs: Record<string, string> = {
	'S_HDMV/TEXTST': 'HDMV TextST (Blu-ray text)',
	S_KATE: 'Kate',
	S_ARIBSUB: 'ARIB (broadcast captions)',
	'S_TEXT/USF': 'Universal Subtitle Format (USF)',
};
const soundCodecs: [start: string, words: string][] = [
	['A_AAC', 'AAC'],
	['A_AC3', 'Dolby Digital (AC-3)'],
	['A_EAC3', 'Dolby Digital Plus (E-AC-3)'],
	['A_TRUEHD', 'Dolby TrueHD'],
	['A_DTS', 'DTS'],
	['A_OPUS', 'Opus'],
	['A_VORBIS', 'Vorbis'],
	['A_FLAC', 'FLAC'],
	['A_MPEG/L3', 'MP3'],
	['A_MPEG', 'MPEG audio'],
	['A_PCM', 'PCM'],
];

/** Reads the content of a Tracks element. */
export function readTrackEntries(tracks: Uint8Array): { subtitles: SubtitleEntry[]; sound: SoundTrack[]; fps: number | null } {
	const subtitles: SubtitleEntry[] = [];
	const sound: SoundTrack[] = [];
	let fps: number | null = null;
	for (const { id, data } of elementsIn(tracks)) {
		if (id !== ids.trackEntry) continue;
		const type = unsignedIn(data, ids.trackType, 0);
		if (type === 1) fps ??= frameRate(1e9 / unsignedIn(data, ids.defaultDuration, 0));
		if (type === 17) subtitles.push(subtitleEntry(data));
		if (type === 2) sound.push(soundTrack(data));
	}
	return { subtitles, sound, fps };
}

function subtitleEntry(entry: Uint8Array): SubtitleEntry {
	const codecId = textIn(entry, ids.codecId);
	const encodings = readEncodings(entry);
	const text = textCodecs[codecId];
	const picture = pictureCodecs[codecId];
	const head = undoEncodings(encodings, 'private', elementIn(entry, ids.codecPrivate) ?? new Uint8Array());
	const track: SubtitleTrack = {
		...namesOf(entry),
		codec: text?.[1] ?? picture ?? otherCodecs[codecId] ?? codecId.slice(0, 80),
		kind: picture === undefined ? 'text' : 'picture',
		isForced: unsignedIn(entry, ids.flagForced, 0) === 1,
		obstacle: picture === undefined ? (obstacleOf(encodings) ?? (text ? null : 'codec')) : 'picture',
	};
	return {
		track,
		uid: unsignedIn(entry, ids.trackUid, 0),
		codec: text?.[0] ?? null,
		head: head ?? new Uint8Array(),
		encodings,
		defaultDurationNs: unsignedIn(entry, ids.defaultDuration, 0),
	};
}

function soundTrack(entry: Uint8Array): SoundTrack {
	const codecId = textIn(entry, ids.codecId);
	const audio = elementIn(entry, ids.audio);
	return {
		...namesOf(entry),
		codec: soundCodecs.find(([start]) => codecId.startsWith(start))?.[1] ?? codecId.slice(0, 80),
		channels: audio && unsignedIn(audio, ids.channels, 1),
	};
}

function namesOf(entry: Uint8Array): Pick<SubtitleTrack, 'id' | 'language' | 'title' | 'isDefault'> {
	// English is what a track without a language is said to be in (RFC 9559 section 5.1.4.1.19).
	const language = textIn(entry, ids.languageTag) || textIn(entry, ids.language) || 'eng';
	return {
		id: unsignedIn(entry, ids.trackNumber, 0),
		language: languageTag(language),
		title: textIn(entry, ids.name).slice(0, 1000),
		isDefault: unsignedIn(entry, ids.flagDefault, 1) === 1,
	};
}
