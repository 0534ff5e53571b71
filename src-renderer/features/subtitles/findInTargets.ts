import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { unseenParts } from '#contract/visibleText.ts';

/** What is looked for in the translations, and what is to take its place. */
export interface TextSearch {
	find: string;
	by: string;
	isCaseSensitive: boolean;
	isWholeWord: boolean;
	withApproved: boolean;
}

/** A translation in which something was found: its text without tags, in parts, of which those are hits that would be replaced. */
export interface TextHit {
	cue: SubtitleCue;
	/** From 1. */
	number: number;
	parts: { text: string; isHit: boolean }[];
}

/** The translations that hold what is searched for between their tags, as the app will find it when it replaces (replaceInText.ts). */
export function findInTargets(cues: readonly SubtitleCue[], { find, isCaseSensitive, isWholeWord, withApproved }: TextSearch): TextHit[] {
	if (find === '') return [];
	const plain = find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const word = isWholeWord ? `(?<![\\p{L}\\p{N}\\p{M}_])${plain}(?![\\p{L}\\p{N}\\p{M}_])` : plain;
	const pattern = new RegExp(`(${word})`, isCaseSensitive ? 'gu' : 'giu');
	return cues.flatMap((cue, index) => {
		if (cue.target === null || cue.skip !== null || (cue.isApproved && !withApproved)) return [];
		// What stands between two tags is searched by itself, so that no hit runs over a tag.
		const runs = cue.target.split(unseenParts).map((run) => run.replaceAll('\\N', '\n'));
		const parts = runs.flatMap((run) => run.split(pattern).map((text, at) => ({ text, isHit: at % 2 === 1 })));
		return parts.some(({ isHit }) => isHit) ? [{ cue, number: index + 1, parts: parts.filter(({ text }) => text !== '') }] : [];
	});
}
