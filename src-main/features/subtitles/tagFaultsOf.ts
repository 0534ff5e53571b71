import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { type TaggedFormat, textParts } from '../../platform/subtitles/liftTags.ts';

/** The tags of a cue's source that its target has lost, and those that it has more often. */
export function tagFaultsOf(markup: TaggedFormat, source: string, target: string): SubtitleCue['tagFaults'] {
	const [had, has] = [countTags(markup, source), countTags(markup, target)];
	return [...new Set([...had.keys(), ...has.keys()])].flatMap((tag) => {
		const more = (has.get(tag) ?? 0) - (had.get(tag) ?? 0);
		return more === 0 ? [] : [{ what: more < 0 ? ('lost' as const) : ('doubled' as const), tag }];
	});
}

function countTags(markup: TaggedFormat, raw: string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { kind, text } of textParts(markup, raw)) if (kind !== 'words') counts.set(text, (counts.get(text) ?? 0) + 1);
	return counts;
}
