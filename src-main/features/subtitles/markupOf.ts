import type { SubtitleFormat } from '#contract/subtitleCue.ts';
import type { TaggedFormat } from '../../platform/subtitles/liftTags.ts';

/** In which markup the texts of a format are: those without one of their own use that of SRT, if any. */
export function markupOf(format: SubtitleFormat): TaggedFormat {
	return format === 'vtt' || format === 'ass' || format === 'lrc' ? format : 'srt';
}
