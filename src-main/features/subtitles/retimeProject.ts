import { randomUUID } from 'node:crypto';
import { usualFps } from '#contract/breachesOf.ts';
import { failure } from '#contract/errors.ts';
import { presetOf, rulesOf } from '#contract/readingRules.ts';
import type { RetimeOrder } from '#contract/retimeOrder.ts';
import type { CueWrite } from './CueActs.ts';
import { changedTo, listedOf, provenanceOf, reworkedTo, stateOf } from './cueState.ts';
import { markupOf } from './markupOf.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';
import { breakLines } from './rules/breakLines.ts';
import { skipOf } from './skipOf.ts';
import type { TimeMatch } from './timing/matchTimes.ts';
import { mergeCues } from './timing/mergeCues.ts';
import { changeFrameRate, shiftCues, snapToFrames, stretchCues } from './timing/moveCues.ts';
import { closeGaps, extendCues } from './timing/spaceCues.ts';
import { splitCue } from './timing/splitCue.ts';
import { syncToReference } from './timing/syncToReference.ts';
import type { TimedCue, TimingEdit, TimingResult } from './timing/TimingEdit.ts';

/** An operation as it is done: of a reference file, where its cues begin. */
export type RetimeAct = Exclude<RetimeOrder, { kind: 'sync' }> | { kind: 'sync'; reference: readonly { startMs: number }[] };

export interface Retiming {
	/** Cues that are in no row yet, to be inserted as they are: gone, until they are written. */
	made: CueRow[];
	writes: CueWrite[];
	match: Pick<TimeMatch, 'offsetMs' | 'rate' | 'matched'> | null;
}

/**
 * What an operation on the times of a project's cues comes to.
 *
 * @param all the cues in their order, also those that are gone from the list.
 * @param chosen those that it is about; null: all. A split and a merge name their own.
 * @throws TIMES_REFUSED where it cannot be done; NOT_FOUND for a cue that is not in the list.
 */
export function retimeProject(project: ProjectRow, all: readonly CueRow[], order: RetimeAct, chosen: ReadonlySet<string> | null): Retiming {
	const rows = all.filter(({ isGone }) => !isGone);
	if (order.kind === 'split' || order.kind === 'merge') return relist(project, all, rows, order);
	const isChosen = ({ id }: { id: string }) => chosen === null || chosen.has(id);
	const result = retime(project, rows, order, isChosen);
	const byId = new Map(rows.map((row) => [row.id, row]));
	const writes = editOf(result).after.flatMap(({ id, startMs, endMs }) => {
		const row = byId.get(id);
		return row ? [{ row, after: changedTo(project, row, { startMs, endMs }) }] : [];
	});
	return { made: [], writes, match: 'match' in result && result.match ? matchOf(result.match) : null };
}

function matchOf({ offsetMs, rate, matched }: TimeMatch): Retiming['match'] {
	return { offsetMs, rate, matched };
}

function retime(
	project: ProjectRow,
	rows: readonly CueRow[],
	order: Exclude<RetimeAct, { kind: 'split' | 'merge' }>,
	isChosen: (cue: { id: string }) => boolean,
) {
	const fps = project.fps ?? usualFps;
	const cues = rows.filter(isChosen).map(timedCue);
	// What nobody reads takes no room: shapes stand for as long as a scene, beside what is said in it.
	const read = rows.filter(({ skip }) => skip !== 'comment' && skip !== 'drawing').map(timedCue);
	const inTime = read.toSorted((a, b) => a.startMs - b.startMs);
	const chosen = new Set(cues.map(({ id }) => id));
	switch (order.kind) {
		case 'shift':
			return shiftCues(cues, order.byMs);
		case 'stretch':
			return stretchCues(cues, order.first, order.second);
		case 'frameRate':
			return changeFrameRate(cues, order.fromFps, order.toFps);
		case 'snap':
			return snapToFrames(cues, order.fps);
		case 'extend':
			return { kind: 'edit' as const, edit: extendCues(inTime, rulesOf(project), fps, chosen) };
		case 'closeGaps':
			return { kind: 'edit' as const, edit: closeGaps(inTime, fps, chosen) };
		case 'sync':
			return syncToReference(cues, order.reference);
		default:
			throw new Error(`no such operation: ${order satisfies never}`);
	}
}

function timedCue({ id, startMs, endMs, source, target }: CueRow): TimedCue {
	return { id, startMs, endMs, source, target: target ?? '' };
}

function editOf(result: TimingResult | { kind: 'unsure' }): TimingEdit {
	if (result.kind === 'edit') return result.edit;
	if (result.kind === 'unsure') throw failure('TIMES_REFUSED', { reason: 'unsure', byMs: 0 });
	throw failure('TIMES_REFUSED', { reason: result.why, byMs: result.why === 'beforeStart' ? result.byMs : 0 });
}

/** Splits and merges, which change the list: their texts are broken into lines again, and a person has yet to approve them. */
function relist(project: ProjectRow, all: readonly CueRow[], rows: readonly CueRow[], order: Extract<RetimeAct, { kind: 'split' | 'merge' }>): Retiming {
	const lines = linesOf(project);
	const cues = rows.map((row) => ({ ...timedCue(row), source: lines.read(row.source), target: lines.read(row.target ?? '') }));
	const { before, after } = editOf(order.kind === 'split' ? split(project, cues, order) : mergeCues(cues, new Set(order.cueIds)));
	const byId = new Map(rows.map((row) => [row.id, row]));
	const parts = before.flatMap(({ id }) => byId.get(id) ?? []);
	const [first] = parts;
	if (!first) throw failure('NOT_FOUND', { what: 'cue' });
	const made = after.filter(({ id }) => !byId.has(id)).map(({ id }) => newRow(first, id, placeAfter(all, first)));
	const kept = new Map([...parts, ...made].map((row) => [row.id, row]));
	const provenance = provenanceOf(parts);
	const failed = parts.find((part) => part.failure !== null)?.failure ?? null;
	const written = after.flatMap((cue): CueWrite[] => {
		const row = kept.get(cue.id);
		if (!row) return [];
		const source = lines.write(cue.source, project.sourceLanguage ?? 'und');
		const target = cue.target === '' ? null : lines.write(cue.target, project.targetLanguage);
		const skip = skipOf(markupOf(project.format), { kind: 'shown', text: source });
		// The place in the file of any of those that became one.
		const fileAt = row.fileAt ?? (order.kind === 'merge' ? (parts.find((part) => part.fileAt !== null)?.fileAt ?? null) : null);
		const changed = reworkedTo(project, row, { source, target, startMs: cue.startMs, endMs: cue.endMs, isApproved: false }, provenance);
		return [{ row, after: { ...changed, listed: { source, fileAt, skip, isGone: false, failure: failed } } }];
	});
	const gone = parts.filter(({ id }) => !after.some((cue) => cue.id === id));
	const taken = gone.map((row) => ({ row, after: { ...stateOf(row), isApproved: false, listed: { ...listedOf(row), isGone: true } } }));
	return { made, writes: [...written, ...taken], match: null };
}

function split(project: ProjectRow, cues: readonly TimedCue[], { cueId, atMs }: Extract<RetimeAct, { kind: 'split' }>): TimingResult {
	const cue = cues.find(({ id }) => id === cueId);
	if (!cue) throw failure('NOT_FOUND', { what: 'cue' });
	const languages = { sourceLanguage: project.sourceLanguage ?? 'und', targetLanguage: project.targetLanguage };
	const rules = rulesOf(project);
	const at = atMs === null ? {} : { atMs };
	return splitCue(cue, { newId: randomUUID(), ...at, ...languages, gapFrames: rules.minGapFrames, fps: project.fps ?? usualFps });
}

/** How the texts of a project's format become lines ended by `\n`, and those its own again, as many and as long as rules allow. */
function linesOf(project: ProjectRow) {
	const isAss = project.format === 'ass';
	const own = rulesOf(project);
	return {
		read: (text: string) => (isAss ? text.replaceAll('\\N', '\n') : text),
		write(text: string, language: string): string {
			const rules = language === project.targetLanguage ? own : (presetOf(language, 'netflix')?.rules ?? own);
			const broken = breakLines(text, { ...rules, language }).text;
			return isAss ? broken.replaceAll('\n', '\\N') : broken;
		},
	};
}

/** Between a cue and the one that follows it, gone or not. */
function placeAfter(all: readonly CueRow[], { position }: CueRow): number {
	const next = all.find((row) => row.position > position)?.position;
	return next === undefined ? position + 1 : (position + next) / 2;
}

function newRow(like: CueRow, id: string, position: number): CueRow {
	const empty = { target: null, origin: null, isApproved: false, tagFaults: [], isTooLong: false, confidence: null, failure: null };
	return { ...like, ...empty, id, position, fileAt: null, status: 'waiting', isGone: true, revision: 0 };
}
