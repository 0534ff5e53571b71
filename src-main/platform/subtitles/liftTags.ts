import { decodeEntities } from '../text/htmlToText.ts';

/** The formats whose texts carry tags; those of LRC are the times of words. */
export type TaggedFormat = 'srt' | 'vtt' | 'ass' | 'lrc';

/** A text without its tags: they stand before it, behind it, or within it where their placeholders are. */
export interface LiftedText {
	/** As the file has it. */
	raw: string;
	/** As it is read; `⟦1⟧` stands for the first tag within, and so on. Line ends are `\n`. */
	text: string;
	/** What stands before the first word and behind the last one, to be put back as it is. */
	before: string;
	after: string;
	/** The tags within, in their order; with them what is no word and must stay: shapes, readings of ruby, brackets of its own. */
	within: string[];
	/** Drawings of ASS (`{\p1}`) are shapes in figures and not words: it has one, and no words. */
	isDrawing: boolean;
}

/** A sign is shown as it stands, and still no word to translate. */
export interface TextPart {
	kind: 'words' | 'tag' | 'sign';
	text: string;
}

/** None of them looks further than the next bracket, so that no text takes long. A reading of ruby goes with its tags. */
const tags: Record<TaggedFormat, RegExp> = {
	// Override blocks are read in SRT as well; a bracket of its own is text.
	srt: /<rt>[^<>]*<\/rt>|<\/?(?:[ibuscv]|font|span|ruby|rt|em|strong|strike|lang)(?:[.\s][^<>]*)?>|\{\\[^{}]*\}|⟦\d{1,7}⟧/gi,
	vtt: /<rt(?:[.\s][^<>]*)?>[^<>]*<\/rt>|<\/?[a-z][^<>]*>|<\d[\d:.]*>|⟦\d{1,7}⟧/gi,
	lrc: /<\d{1,3}:[\d.:]*>|⟦\d{1,7}⟧/g,
	// What stands outside the blocks, which partsOfAss finds: brackets without their fellow, which players show or not.
	ass: /[{}]|⟦\d{1,7}⟧/g,
};

/** Takes the tags out of a cue's text, so that words alone are translated; `putBack` undoes it. What looks like a placeholder is lifted, too. */
export function liftTags(format: TaggedFormat, raw: string): LiftedText {
	const parts = textParts(format, raw);
	const isWord = ({ kind, text }: TextPart) => kind === 'words' && visible(format, text).trim() !== '';
	const first = parts.findIndex(isWord);
	const last = parts.findLastIndex(isWord);
	const join = (some: readonly TextPart[]) => some.map(({ text }) => text).join('');
	if (first === -1) return { raw, text: '', before: raw, after: '', within: [], isDrawing: format === 'ass' && draws(raw) };
	const within: string[] = [];
	const words = parts.slice(first, last + 1).map(({ kind, text }) => (kind === 'words' ? visible(format, text) : `⟦${within.push(text)}⟧`));
	return { raw, text: words.join(''), before: join(parts.slice(0, first)), after: join(parts.slice(last + 1)), within, isDrawing: false };
}

/** The words, tags and signs that a cue's text is made of; put together they are the text. */
export function textParts(format: TaggedFormat, raw: string): TextPart[] {
	return format === 'ass' ? partsOfAss(raw) : partsOf(raw, tags[format]);
}

function partsOf(raw: string, pattern: RegExp): TextPart[] {
	const parts: TextPart[] = [];
	let at = 0;
	for (const found of raw.matchAll(pattern)) {
		if (found.index > at) parts.push({ kind: 'words', text: raw.slice(at, found.index) });
		parts.push({ kind: /^[⟦{}]\d*⟧?$/.test(found[0]) ? 'sign' : 'tag', text: found[0] });
		at = found.index + found[0].length;
	}
	if (at < raw.length) parts.push({ kind: 'words', text: raw.slice(at) });
	return parts;
}

/** A block goes from its bracket to the next one that closes; while a drawing is on, what is between blocks is a shape. */
function partsOfAss(raw: string): TextPart[] {
	const parts: TextPart[] = [];
	let [at, isDrawn] = [0, false];
	while (at < raw.length) {
		const open = raw.indexOf('{', at);
		const close = open === -1 ? -1 : raw.indexOf('}', open);
		const words = raw.slice(at, close === -1 ? raw.length : open);
		if (isDrawn && words !== '') parts.push({ kind: 'tag', text: words });
		else for (const part of partsOf(words, tags.ass)) parts.push(part);
		if (close === -1) break;
		const block = raw.slice(open, close + 1);
		parts.push({ kind: 'tag', text: block });
		isDrawn = drawingAfter(block) ?? isDrawn;
		at = close + 1;
	}
	return parts;
}

/** Whether a drawing is on after a block of overrides; null where it says nothing of it. */
function drawingAfter(block: string): boolean | null {
	const scale = [...block.matchAll(/\\p(\d{1,9})/g)].at(-1)?.[1];
	return scale === undefined ? null : Number(scale) > 0;
}

function draws(raw: string): boolean {
	return [...raw.matchAll(/\{[^{}]*\}/g)].some(([block]) => drawingAfter(block) === true);
}

const entities = [
	['&amp;', '&'],
	['&lt;', '<'],
	['&gt;', '>'],
	['&nbsp;', '\u00a0'],
	['&lrm;', '\u200e'],
	['&rlm;', '\u200f'],
] as const;

/** A text without tags as it is read. */
export function visible(format: TaggedFormat, text: string): string {
	if (format === 'ass') return text.replaceAll('\\N', '\n').replaceAll('\\n', ' ').replaceAll('\\h', '\u00a0');
	return format === 'vtt' ? decodeEntities(text.replaceAll('&lrm;', '\u200e').replaceAll('&rlm;', '\u200f')) : text;
}

/** Words as a format has them, so that they are read as they are and none of them is taken for a tag. */
export function writeWords(format: TaggedFormat, text: string): string {
	if (format === 'ass')
		return text
			.replace(/\r\n|\r|\n/g, '\\N')
			.replaceAll('\u00a0', '\\h')
			.replace(/[{}]/g, (bracket) => (bracket === '{' ? '(' : ')'));
	if (format === 'vtt') return entities.reduce((spelt, [name, character]) => spelt.replaceAll(character, name), text);
	// SRT and LRC have no other way to write a bracket; without a tag's letters side by side it is none.
	const without = text.replace(tags[format], '');
	return without.search(tags[format]) === -1 ? without : without.replace(/[<{]/g, (bracket) => (bracket === '<' ? '‹' : '('));
}
