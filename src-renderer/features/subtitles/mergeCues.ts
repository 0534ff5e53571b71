import type { SubtitleCue } from '#contract/subtitleCue.ts';

/** The list with those cues that changed in place of what they were, and without those that are gone; a new one stands where its position says. */
export function mergeCues(cues: readonly SubtitleCue[], changed: readonly SubtitleCue[], removed: readonly string[] = []): SubtitleCue[] {
	const byId = new Map(changed.map((cue) => [cue.id, cue]));
	const gone = new Set(removed);
	const merged = cues.filter(({ id }) => !gone.has(id)).map((cue) => byId.get(cue.id) ?? cue);
	const known = new Set(cues.map(({ id }) => id));
	const added = changed.filter(({ id }) => !known.has(id));
	return added.length === 0 ? merged : [...merged, ...added].sort((a, b) => a.position - b.position);
}
