import { rulesOf } from '#contract/readingRules.ts';
import type { CueChange } from '#contract/subtitles.ts';
import { isTooLong } from './isTooLong.ts';
import { markupOf } from './markupOf.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';
import type { CueState, ListedCue } from './schema.ts';
import { tagFaultsOf } from './tagFaultsOf.ts';

/** What an act changes of a cue, as it is now. */
export function stateOf(row: CueRow): CueState {
	return stateWith(row, row);
}

/** What a cue is in the list, as it is now. */
export function listedOf({ source, fileAt, skip, isGone }: CueRow): ListedCue {
	return { source, fileAt, skip, isGone };
}

/** What a cue becomes by a change. A target that changes is a person's, and not approved any more unless the change says so. */
export function changedTo(project: ProjectRow, row: CueRow, change: Omit<CueChange, 'cueId'>): CueState {
	const before = stateOf(row);
	const target = change.target === undefined ? before.target : change.target?.trim() === '' ? null : change.target;
	const [startMs, endMs] = [change.startMs ?? before.startMs, change.endMs ?? before.endMs];
	const isNew = target !== before.target;
	const tagFaults = target === null ? [] : tagFaultsOf(markupOf(project.format), row.source, target);
	const said = isNew
		? { target, origin: target === null ? null : ('person' as const), confidence: null, tagFaults }
		: { target, origin: before.origin, confidence: before.confidence, tagFaults: before.tagFaults };
	const isApproved = target !== null && (change.isApproved ?? (before.isApproved && !isNew));
	const isLong = target !== null && isTooLong(target, { startMs, endMs }, rulesOf(project));
	return stateWith(said, { startMs, endMs, isApproved, isTooLong: isLong });
}

/** The fields in one order, so that two states can be compared as they are written. */
function stateWith(
	{ target, origin, confidence, tagFaults }: Pick<CueState, 'target' | 'origin' | 'confidence' | 'tagFaults'>,
	{ startMs, endMs, isApproved, isTooLong }: Pick<CueState, 'startMs' | 'endMs' | 'isApproved' | 'isTooLong'>,
): CueState {
	return { target, startMs, endMs, origin, isApproved, tagFaults, isTooLong, confidence };
}
