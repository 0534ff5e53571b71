import { liftTags } from '../../platform/subtitles/liftTags.ts';
import { inOneLine } from './BatchCue.ts';
import { markupOf } from './markupOf.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';
import type { NearCue } from './translatePrompt.ts';

/** Cues as they stand beside those of a batch: in one line each, without tags, with what they are translated as by now. What is never sent is left out. */
export function nearCues(project: Pick<ProjectRow, 'format'>, rows: readonly CueRow[]): NearCue[] {
	return rows.filter(({ skip }) => skip === null).map(({ source, target }) => ({ text: saidIn(project, source), target: target && saidIn(project, target) }));
}

/** What is said in a text, in one line and without its tags. */
export function saidIn({ format }: Pick<ProjectRow, 'format'>, raw: string): string {
	return inOneLine(liftTags(markupOf(format), raw).text.replace(/⟦\d{1,3}⟧/g, ''));
}
