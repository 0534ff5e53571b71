import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { Cue } from '../../platform/subtitles/Cue.ts';
import { liftTags, type TaggedFormat } from '../../platform/subtitles/liftTags.ts';

/** Why a cue is never sent to a model: a comment, a drawing, or nothing in it that could be said; null where it may be. */
export function skipOf(markup: TaggedFormat, { kind, text }: Pick<Cue, 'kind' | 'text'>): SubtitleCue['skip'] {
	if (kind === 'comment') return 'comment';
	const lifted = liftTags(markup, text);
	if (lifted.isDrawing) return 'drawing';
	return /[\p{L}\p{N}]/u.test(lifted.text.replace(/⟦\d{1,3}⟧/g, '')) ? null : 'empty';
}
