import { z } from 'zod';

const track = z.object({
	/** As the film numbers it. */
	id: z.number().int(),
	/** In plain words: "SubRip (SRT)", "PGS (Blu-ray pictures)", "AAC". */
	codec: z.string(),
	/** BCP 47; null where the film does not tell. */
	language: z.string().nullable(),
	/** Empty where it has none. */
	title: z.string(),
	isDefault: z.boolean(),
});

/** What a film holds beside its pictures. */
export const filmTracks = z.object({
	fileName: z.string(),
	container: z.enum(['matroska', 'mp4']),
	/** Frames per second; null where the film does not tell. */
	fps: z.number().nullable(),
	subtitles: z.array(
		track.extend({
			/** A track of pictures holds no text. */
			kind: z.enum(['text', 'picture']),
			isForced: z.boolean(),
			/** Why it cannot be taken out as text; null where it can. */
			obstacle: z.enum(['picture', 'encrypted', 'compression', 'codec']).nullable(),
		}),
	),
	/** In the order that `listen` counts them by. */
	sound: z.array(track.extend({ channels: z.number().int().nullable() })),
	/** The fonts that an MKV carries for its styled subtitles, in the order that `filmFont` counts them by. */
	fonts: z.array(z.object({ fileName: z.string(), sizeBytes: z.number().int() })),
	/** Whether this machine has the ffmpeg that decodes the sound of films, for speech to be recognised; a WAV file needs none. */
	hasDecoder: z.boolean(),
});
export type FilmTracks = z.infer<typeof filmTracks>;

/** Models that recognise speech and may be got: they are packed in an archive each, to be unpacked into a folder of its own. */
export const speechModels = {
	address: 'https://github.com/k2-fsa/sherpa-onnx/releases/tag/asr-models',
	/** Many languages; and Chinese, Cantonese, English, Japanese and Korean, which is faster. */
	names: ['sherpa-onnx-whisper-small', 'sherpa-onnx-sense-voice-zh-en-ja-ko-yue-2024-07-17'],
} as const;
