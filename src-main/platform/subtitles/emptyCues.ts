import type { Cue, CueProblem } from './Cue.ts';
import { liftTags, type TaggedFormat } from './liftTags.ts';
import { plainText } from './plainText.ts';

/** The cues in which nothing is shown: no words, and in ASS no drawing. */
export function emptyCues(format: Exclude<TaggedFormat, 'lrc'>, cues: readonly Cue[]): CueProblem[] {
	const isEmpty = ({ kind, text }: Cue) => kind === 'shown' && plainText(format, text).trim() === '' && !liftTags(format, text).isDrawing;
	return cues.filter(isEmpty).map(({ line, text }) => ({ what: 'emptyCue', line, found: text.slice(0, 80) }));
}
