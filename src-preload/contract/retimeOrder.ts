import { z } from 'zod';
import { subtitleFile } from './subtitleFile.ts';
import { subtitleLimits } from './subtitleLimits.ts';

const ms = z.number().int().min(0).max(subtitleLimits.timeMs);
const fps = z.number().min(1).max(240);
const point = z.strictObject({ fromMs: ms, toMs: ms });

/** An operation on the times of cues (src-main/features/subtitles/timing says what each does). */
export const retimeOrder = z.discriminatedUnion('kind', [
	/** Moves cues; back where it is under 0. */
	z.strictObject({ kind: z.literal('shift'), byMs: z.number().int().min(-subtitleLimits.timeMs).max(subtitleLimits.timeMs) }),
	/** Moves and stretches them, so that two points come where they are to be. */
	z.strictObject({ kind: z.literal('stretch'), first: point, second: point }),
	/** From the frame rate that they were timed at to that of the film. */
	z.strictObject({ kind: z.literal('frameRate'), fromFps: fps, toFps: fps }),
	/** Moves each time to the nearest frame. */
	z.strictObject({ kind: z.literal('snap'), fps }),
	/** Lets cues stand as long as the reading rules ask, as far as there is room. */
	z.strictObject({ kind: z.literal('extend') }),
	/** Closes gaps that would be seen as a flicker. */
	z.strictObject({ kind: z.literal('closeGaps') }),
	/** Brings them in time with a file that is, also of another language. */
	z.strictObject({ kind: z.literal('sync'), reference: subtitleFile }),
	/** Makes two cues of one: where a time is named the second begins then, else where its text is best divided. */
	z.strictObject({ kind: z.literal('split'), cueId: z.string(), atMs: ms.nullable().default(null) }),
	/** Makes one cue of several that follow one another, under the id of the first. */
	z.strictObject({ kind: z.literal('merge'), cueIds: z.array(z.string()).min(2).max(subtitleLimits.mergedCues) }),
]);
export type RetimeOrder = z.infer<typeof retimeOrder>;

/** How the times of a file lie beside those of a reference: `reference = offsetMs + rate × own`; `matched` of its cues, 0 to 1, begin together with one of it. */
export const timeMatch = z.object({ offsetMs: z.number(), rate: z.number(), matched: z.number() });
