import type { Element, Entry, Mapping, Sequence, Value } from '../middle.ts';
import { unescapedName } from '../xml/names.ts';
import type { PlainMarkup, StartTag } from '../xml/PlainMarkup.ts';
import { entry, mapping, text } from './GroupedEntries.ts';
import { type Marks, markPrefix, partMarks } from './marks.ts';
import type { Convention } from './markupConvention.ts';
import { plainScalar } from './plainScalar.ts';

/** So many places, and tags with attributes, are remembered from one record to the next. */
const mostKnown = 10_000;

/**
 * Makes data of the elements of records straight from plain markup, some three times as fast as by way of elements (`recordMaker`), and the same.
 * It takes nothing of which it could be in doubt: a record that the piece of the source cuts off, mixed content, siblings that are parted by
 * others, marks of more than nothing and lists, and a place where one element is no list and several elsewhere are.
 */
export class PlainRecords {
	readonly #by: Convention;
	#top = new Place('');
	#places = 0;
	#record = 0;
	#parents = 0;
	/** Places that several elements of one parent had in this record. */
	#repeated: Place[] = [];
	/** Where the element ends that was read last. */
	#end = 0;
	#markPrefix: string | undefined;
	readonly #parted = new Map<StartTag, Parted>();

	private constructor(convention: Convention) {
		this.#by = convention;
	}

	/** Undefined for a convention that asks for more than most. */
	static by(convention: Convention): PlainRecords | undefined {
		const { whole, siblings, namespaces, listsOf } = convention;
		return whole || siblings !== 'group' || namespaces !== 'keep' || listsOf.length > 0 ? undefined : new PlainRecords(convention);
	}

	/** The record whose start tag is at `begin`, and the place behind it; undefined where it is not plain. It may have so many levels. */
	read(markup: PlainMarkup, tag: StartTag, begin: number, levels: number): { record: Value; end: number } | undefined {
		this.#record++;
		this.#repeated.length = 0;
		if (this.#places > mostKnown) {
			this.#top = new Place('');
			this.#places = 0;
		}
		const prefix = tag.attributes && markPrefix({ attributes: tag.attributes });
		if (prefix !== this.#markPrefix) this.#parted.clear();
		this.#markPrefix = prefix;
		const record = this.#element(markup, tag, begin, this.#place(this.#top, undefined, tag.name), levels);
		if (record === undefined) return undefined;
		for (const { single } of this.#repeated) if (single > 0) return undefined;
		return { record, end: this.#end };
	}

	#element(markup: PlainMarkup, tag: StartTag, begin: number, place: Place, levels: number): Value | undefined {
		if (levels === 0) return undefined;
		const at = markup.base + begin;
		const { marks, others } = this.#attributesOf(tag);
		const inside = begin + markup.lengthOf(tag);
		if (tag.isEmptyTag) {
			this.#end = inside;
			return this.#leaf('', marks, others, at);
		}
		const next = markup.text.indexOf('<', inside);
		if (next === -1) return undefined;
		if (markup.text.charCodeAt(next + 1) !== 0x2f) return this.#parent(markup, tag, at, inside, next, place, levels);
		if (!markup.text.startsWith(tag.endTag, next)) return undefined;
		const words = markup.words(inside, next);
		this.#end = next + tag.endTag.length;
		return words === undefined ? undefined : this.#leaf(words, marks, others, at);
	}

	#leaf(words: string, marks: Marks, others: Element['attributes'], at: number): Value | undefined {
		const { type, map, escaped } = marks;
		if (escaped || (type !== undefined && (type !== 'null' || words !== ''))) return undefined;
		const value: Value = type === 'null' ? { kind: 'null', at } : this.#by.types ? plainScalar(words, at) : { kind: 'text', value: words, at };
		if (others.length === 0 && !map) return value;
		const entries = this.#attributes(others, at);
		if (words !== '') entries.push(entry(this.#by.textKey, value, at));
		return mapping(entries, at);
	}

	/** An element with others in it, of which the first is at `first`. */
	#parent(markup: PlainMarkup, tag: StartTag, at: number, inside: number, first: number, place: Place, levels: number): Value | undefined {
		const { marks, others, keepsSpace } = this.#attributesOf(tag);
		if (marks.type !== undefined || keepsSpace) return undefined;
		const parent = ++this.#parents;
		const made: Mapping = { kind: 'mapping', entries: others.length === 0 ? [] : this.#attributes(others, at), at };
		let last: Place | undefined;
		let from = inside;
		let next = first;
		for (; ; next = markup.text.indexOf('<', from)) {
			if (next === -1 || !isBlank(markup.text, from, next)) return undefined;
			if (markup.text.charCodeAt(next + 1) === 0x2f) break;
			const child = markup.startTag(next);
			if (child === undefined) return undefined;
			const below = this.#place(place, last, child.name);
			const value = this.#element(markup, child, next, below, levels - 1);
			if (value === undefined || !this.#put(made.entries, value, below, last, parent, this.#attributesOf(child).marks.list, markup.base + next))
				return undefined;
			last = below;
			from = this.#end;
		}
		if (!markup.text.startsWith(tag.endTag, next)) return undefined;
		this.#end = next + tag.endTag.length;
		return made;
	}

	/** Puts the value of an element to those of its parent; false where it is not plain what it is. */
	#put(entries: Entry[], value: Value, place: Place, last: Place | undefined, parent: number, list: string | undefined, at: number): boolean {
		if (place.parent !== parent) {
			place.parent = parent;
			if (place.record !== this.#record) {
				place.record = this.#record;
				place.single = 0;
			}
			if (list === undefined) place.single++;
			entries.push({ key: { kind: 'text', value: place.key, at }, value: list === undefined ? value : listOf(list, value, at) });
			return list === undefined || list === 'only' || list === 'empty';
		}
		const held = entries[entries.length - 1];
		if (place !== last || list !== undefined || held === undefined) return false;
		if (place.list === held.value) {
			place.list.items.push(value);
			return true;
		}
		// What was marked is no item among others.
		if (held.value.kind === 'sequence') return false;
		place.list = { kind: 'sequence', items: [held.value, value], ...(held.key.at !== undefined && { at: held.key.at }) };
		held.value = place.list;
		place.single--;
		this.#repeated.push(place);
		return true;
	}

	/** The place of the elements of a name; mostly it is the one that followed on the last the last time. */
	#place(parent: Place, last: Place | undefined, name: string): Place {
		const likely = last === undefined ? parent.first : last.next;
		if (likely?.name === name) return likely;
		let place = parent.below.get(name);
		if (place === undefined) {
			place = new Place(name);
			parent.below.set(name, place);
			this.#places++;
		}
		if (last === undefined) parent.first = place;
		else last.next = place;
		return place;
	}

	#attributesOf(tag: StartTag): Parted {
		if (tag.attributes === undefined) return unmarked;
		const known = this.#parted.get(tag);
		if (known !== undefined) return known;
		const keepsSpace = tag.attributes.some(({ name, value }) => name === 'xml:space' && value === 'preserve');
		const parted = { ...partMarks({ attributes: tag.attributes }, this.#markPrefix), keepsSpace };
		if (this.#parted.size >= mostKnown) this.#parted.clear();
		if (tag.source !== undefined) this.#parted.set(tag, parted);
		return parted;
	}

	#attributes(attributes: Element['attributes'], at: number): Entry[] {
		return attributes.map(({ name, value }) => entry(this.#by.attributePrefix + unescapedName(name), this.#by.types ? plainScalar(value) : text(value), at));
	}
}

interface Parted {
	marks: Marks;
	others: Element['attributes'];
	keepsSpace: boolean;
}

const unmarked: Parted = { marks: {}, others: [], keepsSpace: false };

/** Where elements stand in records, by the names of those that they are in. */
class Place {
	readonly name: string;
	readonly key: string;
	readonly below = new Map<string, Place>();
	/** The first place that the last parent here had, and the one that followed on this. */
	first: Place | undefined;
	next: Place | undefined;
	/** The last parent that had an element here, and the list of those that it had several of. */
	parent = 0;
	list: Sequence | undefined;
	/** The last record that had an element here, and how many of its parents had only one, without a mark. */
	record = 0;
	single = 0;

	constructor(name: string) {
		this.name = name;
		this.key = unescapedName(name);
	}
}

function listOf(mark: string, value: Value, at: number): Sequence {
	return { kind: 'sequence', items: mark === 'only' ? [value] : [], at };
}

function isBlank(source: string, from: number, to: number): boolean {
	for (let at = from; at < to; at++) {
		const code = source.charCodeAt(at);
		if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) return false;
	}
	return true;
}
