import { type TaggedFormat, textParts, visible, writeWords } from '../../platform/subtitles/liftTags.ts';

/** What of a tag another markup has: italics, bold and underline; in SRT, where players know them, the places of ASS too. */
function tagIn(to: TaggedFormat, tag: string): string {
	if (to === 'ass') {
		const html = /^<(\/?)([ibu])\b[^>]*>$/i.exec(tag);
		if (html) return `{\\${html[2]?.toLowerCase()}${html[1] === '/' ? 0 : 1}}`;
		return /^\{\\an[1-9]\}$/.test(tag) ? tag : '';
	}
	const html = /^<\/?[ibu]>$/i.test(tag) ? tag.toLowerCase() : '';
	if (html !== '' || !tag.startsWith('{')) return html;
	const overrides = [...tag.matchAll(/\\([ibu])([01])(?![0-9])/g)].map(([, name, isOn]) => (isOn === '1' ? `<${name}>` : `</${name}>`)).join('');
	const place = to === 'srt' ? (/\\an[1-9]/.exec(tag)?.[0] ?? '') : '';
	return (place === '' ? '' : `{${place}}`) + overrides;
}

/** A text in the markup of another format: what that does not have is left out, words never. */
export function convertMarkup(from: TaggedFormat, to: TaggedFormat, raw: string): string {
	if (from === to) return raw;
	return textParts(from, raw)
		.map(({ kind, text }) => (kind === 'tag' ? tagIn(to, text) : writeWords(to, visible(from, text))))
		.join('');
}
