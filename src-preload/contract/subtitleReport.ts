import { z } from 'zod';
import { breachKinds } from './breachesOf.ts';

/** Something about a cue that a person should look at (src-main/features/subtitles/report/Finding.ts says what each is). */
const finding = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('untranslated') }),
	z.object({ kind: z.literal('identical') }),
	z.object({ kind: z.literal('numbers'), missing: z.array(z.string()), added: z.array(z.string()) }),
	z.object({ kind: z.literal('name'), name: z.string(), usual: z.string() }),
	z.object({ kind: z.literal('tag'), what: z.enum(['lost', 'doubled', 'crossed']), tag: z.string() }),
	z.object({ kind: z.literal('glossary'), source: z.string(), target: z.string() }),
	z.object({ kind: z.literal('ratio'), measured: z.number(), usual: z.number() }),
	z.object({ kind: z.literal('confidence'), measured: z.number() }),
	z.object({ kind: z.literal('rule'), breach: z.object({ kind: z.enum(breachKinds), measured: z.number(), limit: z.number() }) }),
]);
export type SubtitleFinding = z.infer<typeof finding>;

/** What a person should look at in a translation, the riskiest cues first. */
export const subtitleReport = z.object({
	/** How many cues were looked at; how many have findings, of which `reported` are the first. */
	cues: z.number().int(),
	found: z.number().int(),
	reported: z.array(z.object({ cueId: z.string(), findings: z.array(finding), risk: z.number() })),
});
export type SubtitleReport = z.infer<typeof subtitleReport>;
