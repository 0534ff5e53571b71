import type { Aside, Document, Element, Entry, Scalar, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { unescapedName } from '../xml/names.ts';
import { entry, GroupedEntries, mapping, text } from './GroupedEntries.ts';
import { ListPaths, type ListPlace } from './ListPaths.ts';
import { type Marks, markedScalar, markPrefix, partMarks, unescapedText } from './marks.ts';
import { type Convention, conventionOf, type MarkupConvention } from './markupConvention.ts';
import { plainScalar } from './plainScalar.ts';

/** Makes data of markup by the convention (markupConvention.ts), and notes what it does not take along. Data goes through as it is. */
export function toData(document: Document, notes: NoteBook, given: MarkupConvention = {}): Document {
	const { root } = document;
	if (root?.kind !== 'element') return document;
	return new DataMaker(notes, conventionOf(given)).document(document, root);
}

/** Makes data of elements that each stand for themselves, such as the records of a list: `{"name": …}` without the name. */
export function recordMaker(notes: NoteBook, given: MarkupConvention = {}): RecordMaker {
	return new DataMaker(notes, conventionOf(given));
}

export interface RecordMaker {
	record(element: Element): Value;
	/** All that was made is bare (`RecordReducer`), but for comments, until somebody says so again. */
	areBare: boolean;
}

/** Of an element without attributes. */
const unmarked: { marks: Marks; others: Element['attributes'] } = { marks: {}, others: [] };
function hasElement(content: Element['content']): boolean {
	for (const { kind } of content) if (kind === 'element') return true;
	return false;
}

const blank = /^[ \t\r\n]*$/;

/** Whether every format of data holds a scalar of this kind. */
function isBare(scalar: Scalar): boolean {
	return scalar.kind === 'number' ? /[0-9]/.test(scalar.literal) : scalar.kind !== 'moment' && scalar.kind !== 'binary';
}

class DataMaker implements RecordMaker {
	areBare = true;
	readonly #notes: NoteBook;
	readonly #by: Convention;
	readonly #lists: ListPaths;
	#markPrefix: string | undefined;
	readonly #path: string[] = [];

	constructor(notes: NoteBook, convention: Convention) {
		this.#notes = notes;
		this.#by = convention;
		this.#lists = new ListPaths(convention.listsOf);
	}

	document({ prolog = [], epilog = [], declaration }: Document, root: Element): Document {
		if (this.#by.whole) return { root: this.#wholeDocument(prolog, root, epilog, declaration) };
		const place = this.#lookAt(root);
		const { marks } = partMarks(root, this.#markPrefix);
		const value = this.#element(root, place);
		if (declaration !== undefined && /\bstandalone\b/.test(declaration)) this.#notes.add({ code: 'declaration', kind: 'lost', what: declaration });
		if (marks.root) {
			for (const aside of [...prolog, ...epilog]) if (aside.kind !== 'characters') this.#lose(aside);
			return { root: value };
		}
		const entries = new GroupedEntries();
		for (const aside of prolog) this.#asideEntry(aside, entries);
		entries.add(this.#name(root.name), value, root.at);
		for (const aside of epilog) this.#asideEntry(aside, entries);
		return { root: entries.mapping(undefined) };
	}

	record(element: Element): Value {
		return this.#element(element, this.#lookAt(element));
	}

	/** Looks a root through for its lists and its marks; answers with its place. */
	#lookAt(root: Element): ListPlace {
		this.#markPrefix = this.#by.whole ? undefined : markPrefix(root);
		return this.#lists.look(root);
	}

	#wholeDocument(prolog: readonly Aside[], root: Element, epilog: readonly Aside[], declaration: string | undefined): Value {
		const element = mapping([entry(root.name, this.#whole(root), root.at)]);
		if (declaration === undefined && prolog.length === 0 && epilog.length === 0) return element;
		const items = [...prolog.map((aside) => this.#wholeAside(aside)), element, ...epilog.map((aside) => this.#wholeAside(aside))];
		const content = entry(this.#by.contentKey, { kind: 'sequence', items });
		return mapping(declaration === undefined ? [content] : [entry(`${this.#by.instructionPrefix}xml`, text(declaration)), content]);
	}

	/** Everything in an element; an empty tag is null, which no other element is. */
	#whole({ name, attributes, content, isEmptyTag, at }: Element): Value {
		const [only] = content;
		if (attributes.length === 0) {
			if (isEmptyTag) return { kind: 'null' };
			if (only === undefined) return text('', at);
			if (only.kind === 'characters' && content.length === 1) return text(only.text, only.at);
		}
		const entries = attributes.map((attribute) => entry(this.#by.attributePrefix + attribute.name, text(attribute.value), at));
		if (!isEmptyTag) {
			this.#path.push(name);
			const items = content.map((part) => (part.kind === 'element' ? mapping([entry(part.name, this.#whole(part), part.at)]) : this.#wholeAside(part)));
			this.#path.pop();
			entries.push(entry(this.#by.contentKey, { kind: 'sequence', items }));
		}
		return mapping(entries, at);
	}

	#wholeAside(aside: Aside): Value {
		if (aside.kind === 'characters') return text(aside.text, aside.at);
		const key =
			aside.kind === 'comment'
				? this.#by.commentKey
				: aside.kind === 'cdata'
					? this.#by.cdataKey
					: aside.kind === 'doctype'
						? this.#by.doctypeKey
						: this.#by.instructionPrefix + aside.target;
		return mapping([entry(key, text(aside.text, aside.at), aside.at)]);
	}

	#element(element: Element, place: ListPlace): Value {
		this.#path.push(element.name);
		const { marks, others } = element.attributes.length === 0 ? unmarked : partMarks(element, this.#markPrefix);
		const value = this.#value(element, marks, others.length === 0 ? [] : this.#attributes(others, element), place);
		this.#path.pop();
		return value;
	}

	#value(element: Element, marks: Marks, attributes: Entry[], place: ListPlace): Value {
		const { content, at } = element;
		if (marks.type === 'list') return { kind: 'sequence', items: this.#items(content, place), ...(at !== undefined && { at }) };
		if (marks.type === 'content' || marks.type === 'mixed') return this.#content(content, attributes, place, marks.type === 'mixed', at);
		const [only] = content;
		// Most elements are a text, and nothing about them is special.
		if (content.length === 1 && only?.kind === 'characters' && attributes.length === 0 && marks === unmarked.marks) return this.#words(only.text, at);
		if (!hasElement(content)) return this.#leaf(element, marks, attributes);
		const words = content.some((part) => (part.kind === 'characters' || part.kind === 'cdata') && !blank.test(part.text));
		if (words || element.attributes.some(({ name, value }) => name === 'xml:space' && value === 'preserve')) {
			this.#note('mixedContent', 'convention', undefined, this.#by.contentKey, at);
			return this.#content(content, attributes, place, true, at);
		}
		return this.#grouped(element, attributes, place);
	}

	/** An element without elements: its text, beside its attributes where it has any. */
	#leaf({ content, at }: Element, marks: Marks, attributes: Entry[]): Value {
		const entries = new GroupedEntries(attributes);
		let words = '';
		let place: number | undefined;
		for (const part of content) {
			if (part.kind === 'characters' || part.kind === 'cdata') place ??= entries.count;
			if (part.kind === 'characters') words += part.text;
			else if (part.kind === 'cdata') words += this.#section(part, entries);
			else if (part.kind !== 'element') this.#asideEntry(part, entries);
		}
		const said = marks.escaped ? unescapedText(words) : words;
		const marked = marks.type === undefined ? undefined : markedScalar(marks.type, said);
		if (marked) this.areBare &&= isBare(marked);
		const value = marked ? { ...marked, ...(at !== undefined && { at }) } : this.#words(said, at);
		if (entries.count === 0 && !marks.map) return entries.carriedBy(value);
		if (words !== '') entries.insert(place ?? entries.count, this.#by.textKey, value);
		return entries.mapping(at);
	}

	#words(said: string, at: number | undefined): Scalar {
		return this.#by.types ? plainScalar(said, at) : text(said, at);
	}

	/** The text of a section, or nothing where it has a key of its own. */
	#section(part: Aside & { kind: 'cdata' }, entries: GroupedEntries): string {
		if (this.#by.cdata === 'key') {
			entries.add(this.#by.cdataKey, text(part.text, part.at), part.at);
			return '';
		}
		this.#note('cdata', 'changed', part.text, undefined, part.at);
		return part.text;
	}

	#grouped({ content, at }: Element, attributes: Entry[], place: ListPlace): Value {
		if (place.areParted(content)) {
			if (this.#by.siblings === 'order') return this.#content(content, attributes, place, false, at);
			this.#note('siblingOrder', 'lost', undefined, undefined, at);
		}
		const entries = new GroupedEntries(attributes);
		for (const part of content) {
			if (part.kind !== 'element') {
				if (part.kind !== 'characters' && part.kind !== 'cdata') this.#asideEntry(part, entries);
				continue;
			}
			const below = place.child(part.name);
			const list = part.attributes.length === 0 ? undefined : partMarks(part, this.#markPrefix).marks.list;
			const name = this.#name(part.name);
			if (list === 'empty') entries.addList(name, part.at);
			else if (list === 'only' || (list !== 'none' && below.holdsItems)) entries.addItem(name, this.#element(part, below), part.at);
			else entries.add(name, this.#element(part, below), part.at);
		}
		return entries.mapping(at);
	}

	#content(content: Element['content'], attributes: Entry[], place: ListPlace, keepsSpace: boolean, at: number | undefined): Value {
		const items = content.flatMap((part): Value[] => {
			switch (part.kind) {
				case 'element':
					return [mapping([entry(this.#name(part.name), this.#element(part, place.child(part.name)), part.at)])];
				case 'characters':
					return keepsSpace || !blank.test(part.text) ? [text(part.text, part.at)] : [];
				case 'comment':
					return this.#by.comments === 'drop' ? this.#lose(part) : [this.#wholeAside(part)];
				case 'instruction':
					return this.#by.instructions === 'drop' ? this.#lose(part) : [this.#wholeAside(part)];
				default:
					return [this.#wholeAside(part)];
			}
		});
		return mapping([...attributes, entry(this.#by.contentKey, { kind: 'sequence', items })], at);
	}

	#items(content: Element['content'], place: ListPlace): Value[] {
		const items: Value[] = [];
		for (const part of content) {
			if (part.kind === 'element') items.push(this.#element(part, place.child(part.name)));
			else if (part.kind !== 'characters' || !blank.test(part.text)) this.#lose(part);
		}
		return items;
	}

	#attributes(attributes: Element['attributes'], { at }: Element): Entry[] {
		const kept = this.#by.namespaces === 'keep' ? attributes : attributes.filter(({ name, value }) => !this.#isStripped(name, value, at));
		return kept.map(({ name, value }) => entry(this.#by.attributePrefix + this.#name(name), this.#by.types ? plainScalar(value) : text(value), at));
	}

	#isStripped(name: string, value: string, at: number | undefined): boolean {
		const isDeclaration = name === 'xmlns' || name.startsWith('xmlns:');
		if (isDeclaration) this.#note('namespace', 'lost', `${name}="${value}"`, undefined, at);
		return isDeclaration;
	}

	#name(name: string): string {
		const kept = this.#by.namespaces === 'strip' ? name.slice(name.indexOf(':') + 1) : name;
		return unescapedName(kept);
	}

	#asideEntry(aside: Aside, entries: GroupedEntries): void {
		if (aside.kind === 'comment' && this.#by.comments !== 'drop') {
			if (this.#by.comments === 'carry') entries.comment(aside.text);
			else entries.addAside(this.#by.commentKey, text(aside.text, aside.at), aside.at);
		} else if (aside.kind === 'instruction' && this.#by.instructions === 'key') {
			this.#note('instruction', 'convention', `<?${aside.target}`, this.#by.instructionPrefix + aside.target, aside.at);
			entries.addAside(this.#by.instructionPrefix + aside.target, text(aside.text, aside.at), aside.at);
		} else if (aside.kind !== 'characters') this.#lose(aside);
	}

	#lose(aside: Aside): [] {
		this.#note(aside.kind, 'lost', aside.kind === 'instruction' ? `${aside.target} ${aside.text}` : aside.text, undefined, aside.at);
		return [];
	}

	#note(code: string, kind: 'lost' | 'convention' | 'changed', what: string | undefined, became: string | undefined, at: number | undefined): void {
		const path = `/${this.#path.join('/')}`;
		this.#notes.add({ code, kind, path, ...(what !== undefined && { what }), ...(became !== undefined && { became }) }, at);
	}
}
