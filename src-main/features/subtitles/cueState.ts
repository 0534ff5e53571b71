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
export function listedOf({ source, fileAt, skip, isGone, failure }: CueRow): ListedCue {
	return { source, fileAt, skip, isGone, failure };
}

/** What a cue becomes by a change. A target that changes is a person's, and not approved any more unless the change says so. */
export function changedTo(project: ProjectRow, row: CueRow, change: Omit<CueChange, 'cueId'>): CueState {
	const before = stateOf(row);
	const target = change.target === undefined ? before.target : plainTarget(change.target);
	const isNew = target !== before.target;
	const typed = { target, origin: 'person' as const, confidence: null, tagFaults: target === null ? [] : faultsNow(project, row.source, target) };
	const isApproved = change.isApproved ?? (before.isApproved && !isNew);
	return said(project, isNew ? typed : before, { startMs: change.startMs ?? before.startMs, endMs: change.endMs ?? before.endMs, isApproved });
}

/** Of what was made of one text or several: who wrote it, how sure a model was, and what was wrong with its tags. */
export type Provenance = Pick<CueState, 'origin' | 'confidence' | 'tagFaults'>;

/**
 * What a cue becomes by a change that keeps most of its words: by find and replace, a split or a merge. It stays whose it was, as sure as it was
 * and as doubtful: tags that were put right by rule are so still, and what can be counted is counted again. `source`: where that is another one now.
 */
export function reworkedTo(
	project: ProjectRow,
	row: CueRow,
	change: { target: string | null; source?: string; startMs?: number; endMs?: number; isApproved: boolean },
	of: Provenance = row,
): CueState {
	const { startMs = row.startMs, endMs = row.endMs, source = row.source, isApproved } = change;
	const target = plainTarget(change.target);
	const tagFaults = target === null ? [] : joined(faultsNow(project, source, target), of.tagFaults, target);
	return said(project, { target, origin: of.origin, confidence: of.confidence, tagFaults }, { startMs, endMs, isApproved });
}

/**
 * Whose a text is that was merged of several: a person's alone where all of it is, since only that is learnt from. It is as sure as the least
 * sure of them.
 */
export function provenanceOf(parts: readonly CueRow[]): Provenance {
	const translated = parts.filter(({ target }) => target !== null);
	const origins = translated.map(({ origin }) => origin);
	const origin = origins.find((one) => one === 'model') ?? origins.find((one) => one === 'memory') ?? origins[0] ?? null;
	const confidences = translated.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
	return { origin, confidence: confidences.length === 0 ? null : Math.min(...confidences), tagFaults: translated.flatMap(({ tagFaults }) => tagFaults) };
}

function faultsNow(project: ProjectRow, source: string, target: string): CueState['tagFaults'] {
	return tagFaultsOf(markupOf(project.format), source, target);
}

/** The faults that are there, and of those that were known before those whose tag still is. */
function joined(now: CueState['tagFaults'], before: CueState['tagFaults'], target: string): CueState['tagFaults'] {
	const kept = before.filter(({ tag }) => target.includes(tag) && !now.some((fault) => fault.tag === tag));
	return [...now, ...new Map(kept.map((fault) => [`${fault.what} ${fault.tag}`, fault])).values()];
}

function plainTarget(target: string | null): string | null {
	return target?.trim() === '' ? null : target;
}

/** A text at its times; without one there is nothing to approve, and nobody's. */
function said(
	project: ProjectRow,
	text: Pick<CueState, 'target' | 'origin' | 'confidence' | 'tagFaults'>,
	{ startMs, endMs, isApproved }: Pick<CueState, 'startMs' | 'endMs' | 'isApproved'>,
): CueState {
	const { target } = text;
	if (target === null) return stateWith({ target, origin: null, confidence: null, tagFaults: [] }, { startMs, endMs, isApproved: false, isTooLong: false });
	return stateWith(text, { startMs, endMs, isApproved, isTooLong: isTooLong(target, { startMs, endMs }, rulesOf(project)) });
}

/** The fields in one order, so that two states can be compared as they are written. */
function stateWith(
	{ target, origin, confidence, tagFaults }: Pick<CueState, 'target' | 'origin' | 'confidence' | 'tagFaults'>,
	{ startMs, endMs, isApproved, isTooLong }: Pick<CueState, 'startMs' | 'endMs' | 'isApproved' | 'isTooLong'>,
): CueState {
	return { target, startMs, endMs, origin, isApproved, tagFaults, isTooLong, confidence };
}
