import { z } from 'zod';
import { failureRecord } from './errors.ts';
import { textFinding } from './subtitleFinding.ts';

/** The formats that are read. */
export const subtitleFormat = z.enum(['srt', 'vtt', 'ass', 'sbv', 'lrc', 'microdvd', 'ttml', 'sami']);
export type SubtitleFormat = z.infer<typeof subtitleFormat>;

/** Those of them that are written too. */
export const savedFormat = subtitleFormat.extract(['srt', 'vtt', 'ass']);
export type SavedFormat = z.infer<typeof savedFormat>;

/** Something in a file that is not as it should be, and was read all the same as a person would read it. */
export const subtitleProblem = z.object({
	/** Which kind: `overlap`, `badTime` and so on (src-main/platform/subtitles/Cue.ts). */
	what: z.string(),
	/** Of the file, from 1. */
	line: z.number().int(),
	/** What stands there. */
	found: z.string(),
});
export type SubtitleProblem = z.infer<typeof subtitleProblem>;

/** A tag that a translation had lost or doubled, or the end of which stood before its beginning, and that was put right by rule. */
export const tagFault = z.object({ what: z.enum(['lost', 'doubled', 'crossed']), tag: z.string() });

/** One cue of a project: what the file says, and what it is to say. Both are as a file has them, tags and all, with `\n` for line ends but in ASS. */
export const subtitleCue = z.object({
	id: z.string(),
	/** Where it stands in the list, from 0; what was split has fractions. */
	position: z.number(),
	startMs: z.number().int(),
	endMs: z.number().int(),
	source: z.string(),
	/** Null where there is none yet. */
	target: z.string().nullable(),
	/** Who speaks, where the file says so. */
	actor: z.string(),
	/** Why it is never sent to a model; null where it may be. */
	skip: z.enum(['comment', 'drawing', 'empty']).nullable(),
	/** `failed` keeps what it had before: nothing, or an earlier translation. */
	status: z.enum(['waiting', 'running', 'translated', 'failed']),
	/** Where the target is from; null where there is none. `memory`: word for word from an approved cue that says the same. */
	origin: z.enum(['model', 'memory', 'person']).nullable(),
	/** A person has settled on the target. No model ever overwrites it. */
	isApproved: z.boolean(),
	tagFaults: z.array(tagFault),
	/** More than the reading rules allow, also after it was condensed. */
	isTooLong: z.boolean(),
	/** What its two texts tell, by the languages and the glossary of its project as they are now; none without a target, and none where that is approved. */
	findings: z.array(textFinding),
	/** The mean logarithm of the probability of its tokens, at most 0; null where no model wrote it or the engine does not tell. */
	confidence: z.number().max(0).nullable(),
	failure: failureRecord.nullable(),
});
export type SubtitleCue = z.infer<typeof subtitleCue>;

/** One state that a cue was in, and when that began. */
export const cueVersion = z.object({
	at: z.number().int(),
	/** Whose: the first is as the file has it. */
	by: z.enum(['file', 'person', 'model']),
	target: z.string().nullable(),
	startMs: z.number().int(),
	endMs: z.number().int(),
	isApproved: z.boolean(),
});
export type CueVersion = z.infer<typeof cueVersion>;
