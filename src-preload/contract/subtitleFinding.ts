import { z } from 'zod';
import { breachKinds } from './breachesOf.ts';

const ofTexts = [
	z.object({ kind: z.literal('language') }),
	z.object({ kind: z.literal('identical') }),
	z.object({ kind: z.literal('numbers'), missing: z.array(z.string()), added: z.array(z.string()) }),
	z.object({ kind: z.literal('addresses'), missing: z.array(z.string()) }),
	z.object({ kind: z.literal('glossary'), source: z.string(), target: z.string() }),
] as const;

/** Something that the two texts of a cue tell by themselves, by the languages and the glossary of its project. */
export const textFinding = z.discriminatedUnion('kind', ofTexts);
export type TextFinding = z.infer<typeof textFinding>;

/** Something about a cue that a person should look at (src-main/features/subtitles/report/Finding.ts says what each is). */
export const subtitleFinding = z.discriminatedUnion('kind', [
	...ofTexts,
	z.object({ kind: z.literal('untranslated') }),
	z.object({ kind: z.literal('name'), name: z.string(), usual: z.string() }),
	z.object({ kind: z.literal('tag'), what: z.enum(['lost', 'doubled', 'crossed']), tag: z.string() }),
	z.object({ kind: z.literal('ratio'), measured: z.number(), usual: z.number() }),
	z.object({ kind: z.literal('confidence'), measured: z.number() }),
	z.object({ kind: z.literal('rule'), breach: z.object({ kind: z.enum(breachKinds), measured: z.number(), limit: z.number() }) }),
]);
export type SubtitleFinding = z.infer<typeof subtitleFinding>;
