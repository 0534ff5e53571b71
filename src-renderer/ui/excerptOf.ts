import { revealHidden } from './revealHidden.ts';

const longest = 200;

/** The beginning of a text for one line, 200 UTF-16 units at most; a character that would hide or turn the line round is drawn as a box. */
export function excerptOf(text: string): string {
	return revealHidden(text.slice(0, longest).replace(/\s+/g, ' '))
		.map((part) => ('text' in part ? part.text : '▯'))
		.join('');
}
