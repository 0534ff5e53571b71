import type { SubtitleFormat } from '#contract/subtitleCue.ts';
import { visibleText } from '#contract/visibleText.ts';
import type { Cue } from '../../platform/subtitles/Cue.ts';
import { detectLanguage } from '../../platform/text/detectLanguage.ts';
import { markupOf } from './markupOf.ts';
import { skipOf } from './skipOf.ts';

/** From all over the film: its beginning is mostly names. */
const mostCues = 1000;

/** The language that the cues of a file are in (BCP 47); null where that cannot be told. */
export function languageOfCues(cues: readonly Pick<Cue, 'text'>[]): string | null {
	const step = Math.ceil(cues.length / mostCues);
	return detectLanguage(
		cues
			.filter((_, at) => at % step === 0)
			.map(({ text }) => visibleText(text))
			.join('\n'),
	);
}

/** Whether something is a cue that is read on the screen, and no comment or drawing. */
export function isShown(format: SubtitleFormat): (cue: Pick<Cue, 'kind' | 'text'>) => boolean {
	const markup = markupOf(format);
	return (cue) => !/^(?:comment|drawing)$/.test(skipOf(markup, cue) ?? '');
}
