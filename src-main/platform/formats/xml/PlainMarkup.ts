import { interned } from '../interned.ts';
import type { Aside, Element } from '../middle.ts';
import { isXmlName } from './characters.ts';

/** What plain markup is told to, in its order. */
export interface PlainHandler {
	open(element: Element): void;
	close(): void;
	aside(aside: Aside): void;
	/** May read the whole element whose start tag is at `begin`, and answer with the place behind it; -1 where it does not. */
	whole?(tag: StartTag, begin: number): number;
}

/** A start tag. It is the same object wherever it is written the same, as long as it is remembered. */
export interface StartTag {
	name: string;
	isEmptyTag: boolean;
	attributes?: Element['attributes'];
	/** Behind its `<`; absent where it is not remembered. */
	source?: string;
	endTag: string;
	/** The start tag that came after it the last time. */
	likely?: StartTag;
}

/** So many different tags are known by sight; a source with more of them is read a little slower. */
const mostKnown = 4096;
const longestKnown = 100;

const predefined: readonly (readonly [reference: string, character: string])[] = [
	['lt;', '<'],
	['gt;', '>'],
	['amp;', '&'],
	['quot;', '"'],
	['apos;', "'"],
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const forbidden = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/;
/** In a value nothing may stand that a reader would change. */
const attribute = /[ \t\r\n]+([^ \t\r\n=<>"'&/]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<&\t\r\n]*)"|'([^'<&\t\r\n]*)')/y;

/**
 * Reads what most markup is made of, tags and text, some ten times as fast as a parser that goes from character to character. It takes nothing of
 * which it could be in doubt: sections, comments, instructions, references by number or to entities, what is not well-formed and what a piece of
 * the source cuts off are left to the parser.
 */
export class PlainMarkup {
	/** The names of the elements that were opened here and are open still. */
	readonly open: string[] = [];
	readonly #handler: PlainHandler;
	readonly #known = new Map<string, StartTag>();
	/** The last start tag that is remembered; before the first, one that is none. */
	#last: StartTag = { name: '', endTag: '', isEmptyTag: false };
	/** How long the tag is that was looked at, without its `<`. */
	#tagLength = 0;
	/** The piece of the source that is read, and its offset. */
	text = '';
	base = 0;
	#has = { references: false, returns: false, sectionEnds: false };

	constructor(handler: PlainHandler) {
		this.#handler = handler;
	}

	/** Takes a piece of the source that begins at the offset `base`; false where it holds characters that no document may. */
	take(text: string, base: number): boolean {
		this.text = text;
		this.base = base;
		this.#has = { references: text.includes('&'), returns: text.includes('\r'), sectionEnds: text.includes(']]>') };
		return !forbidden.test(text);
	}

	/** Reads the piece from a place behind a tag, as far as it is plain; answers with the place behind the last tag that was. */
	read(from: number): number {
		const text = this.text;
		for (let at = from; ; ) {
			const begin = text.indexOf('<', at);
			if (begin === -1) return at;
			const isEndTag = text.charCodeAt(begin + 1) === 0x2f;
			const tag = isEndTag ? undefined : this.startTag(begin);
			if (isEndTag ? !this.#closes(begin) : tag === undefined) return at;
			const words = begin === at ? '' : this.words(at, begin);
			if (words === undefined) return at;
			if (words !== '') this.#handler.aside({ kind: 'characters', text: words, at: this.base + at });
			if (tag === undefined) {
				at = this.#leave(begin);
				continue;
			}
			const length = this.lengthOf(tag);
			const end = this.#handler.whole === undefined ? -1 : this.#handler.whole(tag, begin);
			at = end === -1 ? this.#enter(tag, begin, begin + length) : end;
		}
	}

	/** These answer with the place behind the tag. */
	#enter(tag: StartTag, begin: number, end: number): number {
		const { name, attributes, isEmptyTag } = tag;
		const element: Element = { kind: 'element', name, attributes: attributes?.slice() ?? [], content: [], at: this.base + begin };
		if (isEmptyTag) element.isEmptyTag = true;
		this.#handler.open(element);
		if (isEmptyTag) this.#handler.close();
		else this.open.push(name);
		return end;
	}

	#leave(begin: number): number {
		const name = this.open.pop() ?? '';
		this.#handler.close();
		return begin + 3 + name.length;
	}

	/** Whether the tag at `begin` closes the innermost element. */
	#closes(begin: number): boolean {
		const name = this.open[this.open.length - 1];
		return name !== undefined && this.text.startsWith(name, begin + 2) && this.text.charCodeAt(begin + 2 + name.length) === 0x3e;
	}

	/** The tag at `begin`; undefined where it is no start tag, or not a plain one. */
	startTag(begin: number): StartTag | undefined {
		const tag = this.#tag(begin);
		if (tag?.source !== undefined) this.#last = this.#last.likely = tag;
		return tag;
	}

	/** How long the start tag is that was found last, with its brackets. */
	lengthOf({ source }: StartTag): number {
		return 1 + (source?.length ?? this.#tagLength);
	}

	#tag(begin: number): StartTag | undefined {
		const { likely } = this.#last;
		if (likely?.source !== undefined && this.text.startsWith(likely.source, begin + 1)) return likely;
		const end = this.text.indexOf('>', begin);
		if (end === -1) return undefined;
		this.#tagLength = end - begin;
		const inside = this.text.slice(begin + 1, end);
		const known = this.#known.get(inside);
		if (known !== undefined) return known;
		const isEmptyTag = inside.endsWith('/');
		const name = isEmptyTag ? inside.slice(0, -1) : inside;
		if (isXmlName(name)) return this.#learn(interned(inside), { name: interned(name), endTag: `</${name}>`, isEmptyTag });
		if (inside.length > longestKnown) return this.#tagWithAttributes(inside);
		const own = interned(inside);
		const tag = this.#tagWithAttributes(own);
		return tag && this.#learn(own, tag);
	}

	#tagWithAttributes(inside: string): StartTag | undefined {
		const name = this.#nameOf(/^[^ \t\r\n/]*/.exec(inside)?.[0] ?? '');
		if (name === undefined) return undefined;
		const attributes: Element['attributes'] = [];
		let at = name.length;
		attribute.lastIndex = at;
		for (let found = attribute.exec(inside); found !== null; found = attribute.exec(inside)) {
			const own = this.#nameOf(found[1] ?? '');
			if (own === undefined || attributes.some((other) => other.name === own)) return undefined;
			attributes.push({ name: own, value: found[2] ?? found[3] ?? '' });
			at = attribute.lastIndex;
		}
		const rest = inside.slice(at);
		return /^[ \t\r\n]*\/?$/.test(rest) ? { name, endTag: `</${name}>`, isEmptyTag: rest.endsWith('/'), attributes } : undefined;
	}

	/** The same text wherever a name is written: what is told apart by names is told apart soonest then. Undefined for what is no name. */
	#nameOf(written: string): string | undefined {
		return (
			this.#known.get(written)?.name ??
			(isXmlName(written) ? this.#learn(interned(written), { name: interned(written), endTag: `</${written}>`, isEmptyTag: false }).name : undefined)
		);
	}

	/** Remembers a tag by what stands between its brackets, which is interned, so that nothing holds a piece of the source. */
	#learn(inside: string, tag: StartTag): StartTag {
		if (this.#known.size >= mostKnown) this.#known.clear();
		tag.source = `${inside}>`;
		this.#known.set(inside, tag);
		return tag;
	}

	/** The text between two places; undefined where it is not plain. */
	words(from: number, to: number): string | undefined {
		const { references, returns, sectionEnds } = this.#has;
		let words = this.text.slice(from, to);
		if (sectionEnds && words.includes(']]>')) return undefined;
		if (returns) words = words.replace(/\r\n?/g, '\n');
		return references && words.includes('&') ? withCharacters(words) : words;
	}
}

/** The text with what references to predefined entities stand for; undefined where there are others. */
function withCharacters(words: string): string | undefined {
	let text = '';
	let from = 0;
	for (let at = words.indexOf('&'); at !== -1; at = words.indexOf('&', from)) {
		const found = predefined.find(([reference]) => words.startsWith(reference, at + 1));
		if (found === undefined) return undefined;
		text += words.slice(from, at) + found[1];
		from = at + 1 + found[0].length;
	}
	return text + words.slice(from);
}
