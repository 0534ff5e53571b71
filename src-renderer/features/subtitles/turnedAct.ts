import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { ChangedCues } from '#contract/subtitles.ts';

/** What an act that was undone, or done again, was about: `cues` were split or merged. */
export interface TurnedAct {
	what: 'cues' | 'times' | 'texts' | 'approvals';
	/** The cues that are other now, in their order. Where a split or a merge left none, it is empty. */
	cueIds: string[];
}

/** Tells by the cues as they were what was turned back; null where nothing was. */
export function turnedAct(before: readonly SubtitleCue[], { changed, removed }: Pick<ChangedCues, 'changed' | 'removed'>): TurnedAct | null {
	if (changed.length + removed.length === 0) return null;
	const byId = new Map(before.map((cue) => [cue.id, cue]));
	const differs = (is: (was: SubtitleCue, now: SubtitleCue) => boolean) => changed.some((now) => is(byId.get(now.id) ?? now, now));
	const cueIds = changed.toSorted((a, b) => a.position - b.position).map(({ id }) => id);
	if (removed.length > 0 || changed.some(({ id }) => !byId.has(id))) return { what: 'cues', cueIds };
	if (differs((was, now) => was.startMs !== now.startMs || was.endMs !== now.endMs)) return { what: 'times', cueIds };
	return { what: differs((was, now) => was.target !== now.target) ? 'texts' : 'approvals', cueIds };
}
