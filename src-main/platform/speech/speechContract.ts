import { z } from 'zod';

/** A model of the kinds that are known here, by its files. */
export const speechModel = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('whisper'), encoder: z.string(), decoder: z.string(), tokens: z.string() }),
	z.strictObject({ kind: z.literal('senseVoice'), model: z.string(), tokens: z.string() }),
]);
export type SpeechModel = z.infer<typeof speechModel>;

/** What the process is to recognise, from a time on. `language`: of two or three letters, or empty where it is to be found out. */
export const speechOrder = z.strictObject({
	wav: z.string(),
	model: speechModel,
	language: z.string(),
	threads: z.number().int(),
	fromMs: z.number().int().nonnegative(),
});
export type SpeechOrder = z.infer<typeof speechOrder>;

/** A word and when it is heard, from the beginning of the sound. */
export const spokenWord = z.strictObject({ text: z.string().max(1000), startMs: z.number().int().nonnegative(), endMs: z.number().int().nonnegative() });
export type SpokenWord = z.infer<typeof spokenWord>;

/** What was heard of a sound up to a time, by which it can be gone on with. */
export const heardSpeech = z.strictObject({ words: z.array(spokenWord), toMs: z.number().int().nonnegative() });
export type HeardSpeech = z.infer<typeof heardSpeech>;

/** What the process says: once that the model is loaded, then the words of each stretch and where it ends, then that it is done; or what it refuses. */
export const speechAnswer = z.discriminatedUnion('type', [
	z.strictObject({ type: z.literal('loaded') }),
	z.strictObject({
		type: z.literal('heard'),
		words: z.array(spokenWord).max(10_000),
		toMs: z.number().int().nonnegative(),
		fraction: z.number().min(0).max(1),
	}),
	z.strictObject({ type: z.literal('done') }),
	z.strictObject({ type: z.literal('refused'), detail: z.string().max(500) }),
]);
export type SpeechAnswer = z.infer<typeof speechAnswer>;
