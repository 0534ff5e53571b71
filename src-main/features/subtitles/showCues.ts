import type { Term } from '#contract/glossary.ts';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { TextFinding } from '#contract/subtitleFinding.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';
import { lookAtTexts } from './report/lookAtTexts.ts';
import { textBasisOf } from './reportProject.ts';

/**
 * Cues as they are shown, with what code finds in their texts.
 *
 * That is found anew each time and never kept: it follows the languages, the glossary and the texts as they are now, whatever became of a cue.
 */
export function showCues(project: ProjectRow, terms: readonly Term[], rows: readonly CueRow[]): SubtitleCue[] {
	const findingsOf = findingsIn(project, terms);
	return rows.map((row) => ({ ...keptOf(row), findings: findingsOf(row) }));
}

/** What code finds in the two texts of a cue; nothing where it has no translation, needs none, or has one that a person approved. */
export function findingsIn(project: ProjectRow, terms: readonly Term[]): (row: Pick<CueRow, 'skip' | 'source' | 'target' | 'isApproved'>) => TextFinding[] {
	const look = lookAtTexts(textBasisOf(project, terms));
	return ({ skip, source, target, isApproved }) => (skip !== null || target === null || isApproved ? [] : look({ source, target }));
}

/** A cue as it is kept, without what is the app's own. */
export function keptOf({ projectId: _projectId, fileAt: _fileAt, isGone: _isGone, revision: _revision, ...kept }: CueRow): Omit<SubtitleCue, 'findings'> {
	return kept;
}
