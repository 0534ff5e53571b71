import type { TaggedFormat } from '../../platform/subtitles/liftTags.ts';
import { liftTags } from '../../platform/subtitles/liftTags.ts';
import { putBack } from '../../platform/subtitles/putBack.ts';

/** What is looked for in a text, and what takes its place. */
export interface TextReplacement {
	find: string;
	by: string;
	isCaseSensitive: boolean;
	isWholeWord: boolean;
}

/** A text with all that is found replaced; its tags are not searched, and stay where they are between the words. */
export function replaceInText(markup: TaggedFormat, raw: string, { find, by, isCaseSensitive, isWholeWord }: TextReplacement): string {
	const lifted = liftTags(markup, raw);
	const plain = find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const edge = (before: string) => (isWholeWord ? `(?<${before}[\\p{L}\\p{N}\\p{M}_])` : '');
	const after = isWholeWord ? '(?![\\p{L}\\p{N}\\p{M}_])' : '';
	const pattern = new RegExp(`${edge('!')}${plain}${after}`, isCaseSensitive ? 'gu' : 'giu');
	// A placeholder is no text: what is replaced stands between two of them.
	const parts = lifted.text.split(/(⟦\d{1,3}⟧)/);
	const replaced = parts.map((part, at) => (at % 2 === 1 ? part : part.replace(pattern, () => by))).join('');
	return replaced === lifted.text ? raw : putBack(markup, lifted, replaced).raw;
}
