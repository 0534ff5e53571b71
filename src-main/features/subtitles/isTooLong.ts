import { measureCue, roomOf } from '#contract/measureCue.ts';
import type { ReadingRules } from '#contract/readingRules.ts';

/** Whether a text has more characters than can be read while it is shown, or than its lines hold. */
export function isTooLong(text: string, { startMs, endMs }: { startMs: number; endMs: number }, rules: ReadingRules): boolean {
	return measureCue(text, startMs, endMs, rules).characters > roomOf(endMs - startMs, rules);
}
