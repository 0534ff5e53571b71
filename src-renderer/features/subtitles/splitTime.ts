import type { SubtitleCue } from '#contract/subtitleCue.ts';

/** When the second part of a cue that is split begins: where the film stands, if that is within the cue; null where its text is to decide. */
export function splitTime({ startMs, endMs }: Pick<SubtitleCue, 'startMs' | 'endMs'>, filmMs: number): number | null {
	return startMs < filmMs && filmMs < endMs ? filmMs : null;
}
