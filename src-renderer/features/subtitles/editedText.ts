import type { SubtitleFormat } from '#contract/subtitleCue.ts';

/** A cue's text as it is edited: the `\N` of ASS is a line end, as it is in every other format. */
export function toEdited(text: string, format: SubtitleFormat): string {
	return format === 'ass' ? text.replaceAll('\\N', '\n') : text;
}

/** An edited text as the cue is to have it; null where nothing was written. */
export function fromEdited(text: string, format: SubtitleFormat): string | null {
	if (text.trim() === '') return null;
	return format === 'ass' ? text.replace(/\r?\n/g, '\\N') : text;
}
