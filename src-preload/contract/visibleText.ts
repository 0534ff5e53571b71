/**
 * Everything in a cue's text that takes no room when it is shown: tags of SRT and WebVTT, override blocks of ASS and placeholders of lifted
 * tags (`⟦1⟧`). An angle bracket or a brace of its own is text.
 */
export const unseenParts = /<\/?(?:[ibuscv]|font|span|ruby|rt|lang)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}|⟦\d{1,3}⟧/gi;

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&nbsp;': '\u00a0', '&lrm;': '\u200e', '&rlm;': '\u200f', '&amp;': '&' };

/** A note to the makers of an ASS file; elsewhere it is text. */
const notes = /\{[^{}]*\}/g;

/**
 * A cue's text as a viewer reads it: without tags, and with `hidesNotes` without what else stands in braces; with `\n` for every line end and for the `\N` of ASS. The five named characters of WebVTT
 * are what they stand for.
 */
export function visibleText(text: string, hidesNotes = false): string {
	return text
		.replace(unseenParts, '')
		.replace(notes, (note) => (hidesNotes ? '' : note))
		.replace(/\r\n?|\\N/g, '\n')
		.replaceAll('\\n', ' ')
		.replaceAll('\\h', '\u00a0')
		.replace(/&(?:lt|gt|nbsp|lrm|rlm|amp);/g, (entity) => entities[entity] ?? entity);
}
