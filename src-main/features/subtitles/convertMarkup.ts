import { type TaggedFormat, type TextPart, textParts, visible, writeWords } from '../../platform/subtitles/liftTags.ts';
import type { WrittenFormat } from '../../platform/subtitles/writeTime.ts';
import { type CueTiming, wordTime, writeWordTimes } from './wordTimes.ts';

/** What a text cannot take along into another format: when its words are said, and how and where they are shown. */
export type Uncarried = 'wordTimes' | 'styles';

export interface ConvertedText {
	text: string;
	lost: ReadonlySet<Uncarried>;
}

/**
 * A text in the markup of another format: what that does not have is left out and told, words never.
 *
 * @param timing of its cue, for the times of its words; null: they are left out.
 */
export function convertMarkup(from: TaggedFormat, to: WrittenFormat, raw: string, timing: CueTiming | null): ConvertedText {
	const lost = new Set<Uncarried>();
	if (from === to) return { text: raw, lost };
	const parts = textParts(from, raw);
	const times = timing && writeWordTimes(to, parts, timing);
	const written = parts.map((part, place) => {
		if (part.kind !== 'tag') return writeWords(to, visible(from, part.text));
		const time = times?.get(place);
		if (time !== undefined) return time;
		const { tag, loses } = tagIn(to, part);
		if (loses !== null) lost.add(loses);
		return tag;
	});
	return { text: (times?.get(-1) ?? '') + written.join(''), lost };
}

/** What of a tag another markup has: italics, bold and underline; in SRT, where players know them, the places of ASS too. */
function tagIn(to: WrittenFormat, { text: tag }: TextPart): { tag: string; loses: Uncarried | null } {
	if (wordTime(tag) !== null) return { tag: '', loses: 'wordTimes' };
	const html = /^<(\/?)([ibu])\b[^>]*>$/i.exec(tag);
	if (html && to === 'ass') return { tag: `{\\${html[2]?.toLowerCase()}${html[1] === '/' ? 0 : 1}}`, loses: null };
	if (html && /^<\/?[ibu]>$/i.test(tag)) return { tag: tag.toLowerCase(), loses: null };
	if (!tag.startsWith('{')) return { tag: '', loses: 'styles' };
	if (to === 'ass') return /^\{\\an[1-9]\}$/.test(tag) ? { tag, loses: null } : { tag: '', loses: 'styles' };
	const place = to === 'srt' ? (/\\an[1-9]/.exec(tag)?.[0] ?? '') : '';
	const overrides = Array.from(tag.matchAll(letters), ([, name, isOn]) => (isOn === '1' ? `<${name}>` : `</${name}>`)).join('');
	const rest = tag.replace(letters, '').replace(place, '');
	return { tag: (place === '' ? '' : `{${place}}`) + overrides, loses: /\\k/i.test(rest) ? 'wordTimes' : rest.includes('\\') ? 'styles' : null };
}

const letters = /\\([ibu])([01])(?![0-9])/g;
