import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { visibleText } from '#contract/visibleText.ts';

export const cueFilters = ['all', 'doubtful', 'untranslated', 'unapproved'] as const;
export type CueFilter = (typeof cueFilters)[number];

/** Where a cue stands on its way from untranslated to approved. */
export type CueStage = 'skipped' | 'untranslated' | 'running' | 'failed' | 'translated' | 'approved';

/** Under this mean log-probability the model was unsure of every second word or so: e to this power is a half. */
const unsure = Math.log(0.5);

export function stageOf(cue: SubtitleCue): CueStage {
	if (cue.skip !== null) return 'skipped';
	if (cue.isApproved) return 'approved';
	if (cue.status === 'running') return 'running';
	if (cue.status === 'failed') return 'failed';
	return cue.target === null ? 'untranslated' : 'translated';
}

/** Why a person should look at a cue: what its texts tell, and what was known when it was translated. */
export type Doubt = SubtitleCue['findings'][number]['kind'] | 'failed' | 'tags' | 'tooLong' | 'unsure';

/** Why a person should look at a cue that nobody has approved. Rules of reading are not among it: real files break them everywhere. */
export function doubtsOf(cue: SubtitleCue): Doubt[] {
	if (cue.isApproved || cue.skip !== null) return [];
	return [
		...(cue.status === 'failed' ? (['failed'] as const) : []),
		...new Set(cue.findings.map(({ kind }) => kind)),
		...(cue.tagFaults.length > 0 ? (['tags'] as const) : []),
		...(cue.isTooLong ? (['tooLong'] as const) : []),
		...(cue.confidence !== null && cue.confidence < unsure ? (['unsure'] as const) : []),
	];
}

const passes: Record<CueFilter, (cue: SubtitleCue) => boolean> = {
	all: () => true,
	doubtful: (cue) => doubtsOf(cue).length > 0,
	untranslated: (cue) => cue.skip === null && cue.target === null,
	// Without a translation there is nothing to approve.
	unapproved: (cue) => cue.skip === null && cue.target !== null && !cue.isApproved,
};

/** The cues that a filter lets through and that hold what is searched for, in either language, tags left out. */
export function filterCues(cues: readonly SubtitleCue[], filter: CueFilter, search: string): readonly SubtitleCue[] {
	const wanted = search.trim().toLowerCase();
	if (filter === 'all' && wanted === '') return cues;
	const holds = (text: string | null) => text !== null && visibleText(text).toLowerCase().includes(wanted);
	return cues.filter((cue) => passes[filter](cue) && (wanted === '' || holds(cue.source) || holds(cue.target)));
}

/** What the table shows: what the filter lets through, and the selected cue, though it may have left the filter by what was just done. */
export function shownCues(cues: readonly SubtitleCue[], filter: CueFilter, search: string, selectedId: string | null): readonly SubtitleCue[] {
	const filtered = filterCues(cues, filter, search);
	if (selectedId === null || filtered.some(({ id }) => id === selectedId)) return filtered;
	const passing = new Set(filtered);
	return cues.filter((cue) => cue.id === selectedId || passing.has(cue));
}

/** The cues between two of a list, with these, whichever comes first; without another one the one alone, or where neither is there none. */
export function cuesBetween(shown: readonly SubtitleCue[], oneId: string | null, otherId: string | null): readonly SubtitleCue[] {
	const one = shown.findIndex(({ id }) => id === oneId);
	const other = shown.findIndex(({ id }) => id === otherId);
	if (one < 0) return [];
	return other < 0 ? shown.slice(one, one + 1) : shown.slice(Math.min(one, other), Math.max(one, other) + 1);
}

/** The cue that a project is opened at: the one that was looked at last, else the first that is doubtful, else the first that is shown; null: none is. */
export function openingCue(cues: readonly SubtitleCue[], lastId: string | null): SubtitleCue | null {
	return cues.find(({ id }) => id === lastId) ?? cues.find(passes.doubtful) ?? cues.find(isSent) ?? null;
}

/** The cue that a viewer reads after the one at this place: comments, drawings and empty cues are passed over. */
export function readAfter(cues: readonly SubtitleCue[], place: number): SubtitleCue | null {
	for (let at = place + 1; at < cues.length; at++) if (cues[at]?.skip === null) return cues[at] ?? null;
	return null;
}

function isSent({ skip }: SubtitleCue): boolean {
	return skip === null;
}

/** Those of some cues that can be approved: they have a translation, or one that is being typed. */
export function approvable(cues: readonly SubtitleCue[], drafts: Readonly<Record<string, string>>): readonly SubtitleCue[] {
	return cues.filter(({ id, skip, target }) => skip === null && (target !== null || Object.hasOwn(drafts, id)));
}

/** The next cue after one that a filter lets through, from the beginning again after the last; null where there is no other. */
export function nextCue(cues: readonly SubtitleCue[], fromId: string | null, filter: CueFilter): SubtitleCue | null {
	const from = cues.findIndex(({ id }) => id === fromId);
	const inOrder = [...cues.slice(from + 1), ...cues.slice(0, Math.max(0, from))];
	return inOrder.find(passes[filter]) ?? null;
}

/** How many cues each filter lets through. */
export function countByFilter(cues: readonly SubtitleCue[]): Record<CueFilter, number> {
	const count = (filter: CueFilter) => cues.filter(passes[filter]).length;
	return { all: cues.length, doubtful: count('doubtful'), untranslated: count('untranslated'), unapproved: count('unapproved') };
}
