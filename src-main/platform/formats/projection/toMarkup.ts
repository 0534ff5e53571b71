import { dataPath, type Step } from '../dataPath.ts';
import { deepest, tooDeep } from '../FormatError.ts';
import type { Aside, Document, Element, Entry, Mapping, Scalar, Sequence, Value } from '../middle.ts';
import type { Note } from '../Note.ts';
import type { NoteBook } from '../NoteBook.ts';
import { forbiddenCharacterIn, isXmlName } from '../xml/characters.ts';
import { escapedName } from '../xml/names.ts';
import { MarkPlacer } from './MarkPlacer.ts';
import { escapedText, scalarText, typeMark } from './marks.ts';
import { type Convention, conventionOf, type MarkupConvention } from './markupConvention.ts';
import { PrefixScope } from './PrefixScope.ts';
import { keyText, SpecialKeys } from './SpecialKeys.ts';

/**
 * Makes markup of data by the convention (markupConvention.ts): of what `reduceData` leaves where comments, numbers that are not finite, moments
 * and bytes may stay. Notes what elements say otherwise, or not without a mark. Markup goes through as it is.
 *
 * @throws FormatError for what is too deep
 */
export function toMarkup(document: Document, notes: NoteBook, given: MarkupConvention = {}): Document {
	const { root } = document;
	if (root?.kind === 'element') return document;
	return new MarkupMaker(notes, conventionOf(given)).document(document, root ?? { kind: 'null' });
}

/** Makes an element of one value that stands for itself, such as a record of a list. */
export function dataElement(name: string, value: Value, notes: NoteBook, given: MarkupConvention = {}): Element {
	return new MarkupMaker(notes, conventionOf(given)).record(name, value);
}

const declaration = 'version="1.0" encoding="UTF-8"';
/** The element is of no step into the data. */
const noStep = null;
const lineEnd: Aside = { kind: 'characters', text: '\n' };

class MarkupMaker {
	readonly #notes: NoteBook;
	readonly #by: Convention;
	readonly #keys: SpecialKeys;
	readonly #marks: MarkPlacer;
	readonly #steps: Step[] = [];
	readonly #scope: PrefixScope;

	constructor(notes: NoteBook, convention: Convention) {
		this.#notes = notes;
		this.#by = convention;
		this.#keys = new SpecialKeys(convention);
		this.#scope = new PrefixScope(convention);
		this.#marks = new MarkPlacer(convention, (note) => notes.add(note));
	}

	document({ prolog = [], epilog = [] }: Document, root: Value): Document {
		const whole = this.#wholeDocument(root);
		if (whole !== undefined) return whole;
		const around: { before: Aside[]; after: Aside[] } = { before: [...prolog], after: [] };
		const named = this.#namedRoot(root, around);
		const element = named ?? this.#addedRoot(root);
		this.#marks.place(element);
		element.style = 'block';
		const lines = (asides: readonly Aside[]) => asides.filter(({ kind }) => kind !== 'characters').flatMap((aside) => [aside, lineEnd]);
		return { declaration, prolog: [lineEnd, ...lines(around.before)], root: element, epilog: [lineEnd, ...lines([...around.after, ...epilog])] };
	}

	record(name: string, value: Value): Element {
		const element = this.#element(name, value, noStep);
		this.#marks.place(element);
		return element;
	}

	/** `{"?xml": …, "#content": […]}`, as `toData` makes it of a whole document. */
	#wholeDocument(root: Value): Document | undefined {
		if (!this.#by.whole || root.kind !== 'mapping') return undefined;
		const content = root.entries.find(({ key }) => keyText(key) === this.#by.contentKey)?.value;
		if (content === undefined && root.entries.length !== 1) return undefined;
		const parts = content === undefined ? [this.#entryPart(root.entries[0] as Entry)] : this.#contentParts(content);
		if (parts === undefined) return undefined;
		const at = parts.findIndex((part) => part?.kind === 'element');
		const element = parts[at];
		if (element?.kind !== 'element' || parts.some((part, index) => index !== at && part?.kind === 'element')) return undefined;
		const declared = root.entries.find(({ key }) => keyText(key) === `${this.#by.instructionPrefix}xml`)?.value;
		// All parts but the one at `at` are asides, as the line above made sure.
		const asides = parts as Aside[];
		return {
			root: element,
			...(at > 0 && { prolog: asides.slice(0, at) }),
			...(at < parts.length - 1 && { epilog: asides.slice(at + 1) }),
			...(declared?.kind === 'text' && { declaration: declared.value }),
		};
	}

	/** The root that the data names: its only entry, where that is no list. Comments and instructions beside it stand around it. */
	#namedRoot(root: Value, around: { before: Aside[]; after: Aside[] }): Element | undefined {
		if (root.kind !== 'mapping') return undefined;
		const named = root.entries.filter(({ key }) => !this.#keys.isSpecial(keyText(key)));
		const [only] = named;
		if (only === undefined || named.length > 1 || only.value.kind === 'sequence') return undefined;
		const others = root.entries.filter((entry) => entry !== only);
		if (!others.every((entry) => this.#keys.isAsideEntry(entry))) return undefined;
		let side = around.before;
		for (const comment of root.before ?? []) side.push(this.#comment(comment));
		for (const entry of root.entries) {
			for (const comment of entry.key.before ?? []) side.push(this.#comment(comment));
			if (entry === only) side = around.after;
			else side.push(...this.#asides(entry));
		}
		for (const comment of root.inside ?? []) side.push(this.#comment(comment));
		return this.#element(keyText(only.key), only.value, keyText(only.key), true);
	}

	#addedRoot(root: Value): Element {
		const element = this.#element(this.#by.rootName, root, noStep);
		this.#marks.root(element);
		return element;
	}

	#element(name: string, value: Value, step: Step | typeof noStep = name, isRoot = false): Element {
		if (this.#steps.length > deepest) throw tooDeep(value.at);
		if (step !== noStep) this.#steps.push(step);
		const declared = value.kind === 'mapping' ? this.#scope.enter(value) : [];
		const element: Element = { kind: 'element', name: this.#elementName(name), attributes: [], content: [], ...(value.at !== undefined && { at: value.at }) };
		switch (value.kind) {
			case 'mapping':
				this.#fill(element, value);
				break;
			case 'sequence':
				this.#fillList(element, value);
				break;
			case 'element':
			case 'alias':
				throw new TypeError(`Markup is not made of a value of the kind ${value.kind}.`);
			default:
				this.#fillScalar(element, value);
		}
		if (!isRoot) for (const comment of value.before ?? []) element.content.unshift(this.#comment(comment));
		if (element.content.length === 0 && !(this.#by.whole && this.#hasContent(value))) element.isEmptyTag = true;
		this.#scope.leave(declared);
		if (step !== noStep) this.#steps.pop();
		return element;
	}

	/** In a whole, what is no empty tag says that it has content, if only none. */
	#hasContent(value: Value): boolean {
		return value.kind === 'text' || (value.kind === 'mapping' && value.entries.some(({ key }) => keyText(key) === this.#by.contentKey));
	}

	#elementName(key: string): string {
		if (this.#by.whole && isXmlName(key)) return key;
		return this.#named(key, this.#scope.has(key));
	}

	#named(key: string, hasPrefix: boolean): string {
		const name = escapedName(key, hasPrefix);
		if (name !== key) this.#note({ code: 'nameEscaped', kind: 'convention', what: key, became: name });
		return name;
	}

	#fillScalar(element: Element, scalar: Scalar): void {
		const type = typeMark(scalar);
		this.#addText(element, scalarText(scalar));
		if (this.#by.whole && scalar.kind === 'null') return;
		if (scalar.kind === 'null') this.#marks.type(element, 'null', 'nullAsEmpty', dataPath(this.#steps));
		else if (type !== undefined && this.#by.marks === 'types') this.#marks.type(element, type, undefined, '');
		else if (type !== undefined) this.#note({ code: 'typeToText', kind: 'changed', what: type, became: scalarText(scalar) }, scalar.at);
	}

	#addText(element: Element, text: string): void {
		if (text === '') return;
		const found = forbiddenCharacterIn(text) && this.#by.marks !== 'none';
		if (found) {
			this.#marks.escaped(element);
			this.#note({ code: 'forbiddenCharacter', kind: 'convention', what: text, became: escapedText(text) }, element.at);
		}
		element.content.push({ kind: 'characters', text: found ? escapedText(text) : this.#holdable(text) });
	}

	/** A text without what XML cannot hold, where there is no place for a mark. */
	#holdable(text: string): string {
		if (forbiddenCharacterIn(text) === undefined) return text;
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced.
		const became = text.replace(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Cs}/gu, '\uFFFD');
		this.#note({ code: 'forbiddenCharacter', kind: 'lost', what: text, became });
		return became;
	}

	#fillList(element: Element, { items, inside = [] }: Sequence): void {
		for (const [index, item] of items.entries()) {
			for (const comment of item.before ?? []) element.content.push(this.#comment(comment));
			const child = this.#element(this.#by.itemName, withoutComments(item), index);
			this.#marks.plain(child);
			element.content.push(child);
		}
		for (const comment of inside) element.content.push(this.#comment(comment));
		this.#marks.type(element, 'list', 'listAsItems', dataPath(this.#steps));
	}

	#fill(element: Element, value: Mapping): void {
		const seen = new Set<string>();
		const others = this.#takeAttributes(element, value);
		for (const entry of others) {
			const key = keyText(entry.key);
			if (seen.has(key)) this.#note({ code: 'duplicateKey', kind: 'changed', what: key }, entry.key.at);
			seen.add(key);
			for (const comment of entry.key.before ?? []) element.content.push(this.#comment(comment));
			if (others.length > 1 || !this.#fillContent(element, key, entry.value)) this.#fillEntry(element, key, entry);
			for (const comment of [entry.key.after, entry.value.after]) if (comment !== undefined) element.content.push(this.#comment(comment));
		}
		for (const comment of value.inside ?? []) element.content.push(this.#comment(comment));
		this.#checkWords(element, value);
	}

	/** Makes attributes of what can be one; answers with the other entries. */
	#takeAttributes(element: Element, { entries }: Mapping): Entry[] {
		const others: Entry[] = [];
		const taken = new Set<string>();
		for (const entry of entries) {
			const key = keyText(entry.key);
			if (!this.#takeAttribute(element, key, entry.value, taken)) others.push(entry);
			else for (const comment of [...(entry.key.before ?? []), ...(entry.value.before ?? [])]) element.content.push(this.#comment(comment));
			if (others.length > 0 && others.at(-1) !== entry) this.#note({ code: 'attributeOrder', kind: 'changed', what: key }, entry.value.at);
		}
		return others;
	}

	#fillEntry(element: Element, key: string, entry: Entry): void {
		const { value } = entry;
		if (key === this.#by.textKey && isScalar(value) && value.kind !== 'null') this.#fillWords(element, value);
		else if (key === this.#by.cdataKey && value.kind === 'text') element.content.push({ kind: 'cdata', text: this.#holdable(value.value) });
		else if (this.#keys.isAsideEntry(entry)) element.content.push(...this.#asides(entry));
		else if (value.kind === 'sequence') this.#fillItems(element, key, value);
		else {
			element.content.push(this.#element(key, value));
		}
	}

	/** What stands alone beside attributes as `#content`; false where it is none by the convention, and so a key like any other. */
	#fillContent(element: Element, key: string, value: Value): boolean {
		const parts = key === this.#by.contentKey ? this.#contentParts(value) : undefined;
		if (parts === undefined) return false;
		element.content.push(...parts);
		this.#markContent(element, parts);
		return true;
	}

	#fillWords(element: Element, value: Scalar): void {
		const type = typeMark(value);
		this.#addText(element, scalarText(value));
		if (type !== undefined && this.#by.marks === 'types') this.#marks.type(element, type, undefined, '');
		else if (type !== undefined) this.#note({ code: 'typeToText', kind: 'changed', what: type, became: scalarText(value) }, value.at);
	}

	#takeAttribute(element: Element, key: string, value: Value, taken: Set<string>): boolean {
		const { attributePrefix, marks } = this.#by;
		if (!key.startsWith(attributePrefix) || !isScalar(value) || value.kind === 'null') return false;
		const written = key.slice(attributePrefix.length);
		const text = scalarText(value);
		if ((value.kind !== 'text' && marks === 'types') || forbiddenCharacterIn(text)) return false;
		const isDeclaration = this.#scope.isDeclaration(written, value);
		if (/^xmlns(?:$|:)/.test(written) && !isDeclaration) return false;
		const isRaw = isDeclaration || (this.#by.whole && isXmlName(written));
		const name = isRaw ? written : this.#named(written, this.#scope.has(written));
		if (taken.has(name)) return false;
		taken.add(name);
		if (value.kind !== 'text') this.#note({ code: 'typeToText', kind: 'changed', what: typeMark(value) ?? '', became: text }, value.at);
		element.attributes.push({ name, value: text });
		return true;
	}

	#fillItems(element: Element, key: string, { items, at }: Sequence): void {
		if (items.length === 0) {
			const empty: Element = { kind: 'element', name: this.#elementName(key), attributes: [], content: [], isEmptyTag: true, ...(at !== undefined && { at }) };
			this.#marks.empty(empty, dataPath([...this.#steps, key]));
			element.content.push(empty);
		}
		for (const [index, item] of items.entries()) {
			for (const comment of item.before ?? []) element.content.push(this.#comment(comment));
			this.#steps.push(key);
			const child = this.#element(key, withoutComments(item), index);
			this.#steps.pop();
			if (items.length === 1) this.#marks.only(child, dataPath([...this.#steps, key]));
			else this.#marks.plain(child);
			element.content.push(child);
			if (item.after !== undefined) element.content.push(this.#comment(item.after));
		}
	}

	/** The parts of a `#content`; undefined where it is none by the convention, and so a key like any other. */
	#contentParts(value: Value): (Element | Aside)[] | undefined {
		if (value.kind !== 'sequence' || !this.#keys.isContent(value)) return undefined;
		return value.items.flatMap((item) => {
			if (item.kind === 'text') return [{ kind: 'characters' as const, text: this.#holdable(item.value) }];
			const entry = item.kind === 'mapping' ? item.entries[0] : undefined;
			return entry === undefined ? [] : [this.#entryPart(entry) as Element | Aside];
		});
	}

	/** The one part that an entry is in a `#content`. */
	#entryPart({ key, value }: Entry): Element | Aside | undefined {
		const name = keyText(key);
		if (!this.#keys.isSpecial(name)) {
			const element = this.#element(name, value);
			this.#marks.plain(element);
			return element;
		}
		if (value.kind !== 'text') return undefined;
		if (name === this.#by.commentKey) return this.#comment(value.value);
		if (name === this.#by.cdataKey) return { kind: 'cdata', text: this.#holdable(value.value) };
		if (name === this.#by.doctypeKey) return { kind: 'doctype', text: value.value };
		return { kind: 'instruction', target: name.slice(this.#by.instructionPrefix.length), text: this.#holdable(value.value) };
	}

	/** Mixed text is taken for what it is without a mark; a list of elements, or of text alone, is not. */
	#markContent(element: Element, parts: (Element | Aside)[]): void {
		if (this.#by.whole) return;
		const hasWords = parts.some((part) => (part.kind === 'characters' || part.kind === 'cdata') && /[^ \t\r\n]/.test(part.text));
		if (hasWords && parts.some(({ kind }) => kind === 'element')) return;
		const hasText = parts.some(({ kind }) => kind === 'characters' || kind === 'cdata');
		this.#marks.type(element, hasText ? 'mixed' : 'content', 'contentList', dataPath(this.#steps));
	}

	/** Tells where text beside elements, or a mapping without elements, is read as something else. */
	#checkWords(element: Element, { entries }: Mapping): void {
		if (this.#by.whole) return;
		const hasContentKey = entries.some(({ key }) => keyText(key) === this.#by.contentKey);
		const hasElements = element.content.some(({ kind }) => kind === 'element');
		const words = entries.filter(({ key }) => keyText(key) === this.#by.textKey || keyText(key) === this.#by.cdataKey);
		if (hasElements && words.length > 0) this.#note({ code: 'mixedContent', kind: 'changed', became: this.#by.contentKey }, element.at);
		else if (words.length > 1 || (words.length === 1 && !element.content.some((part) => part.kind === 'characters' && part.text !== '')))
			this.#note({ code: 'emptyText', kind: 'changed', what: this.#by.textKey }, element.at);
		if (!hasElements && element.attributes.length === 0 && !hasContentKey) this.#marks.map(element, dataPath(this.#steps));
	}

	#asides({ key, value }: Entry): Aside[] {
		const name = keyText(key);
		const texts = value.kind === 'sequence' ? value.items : [value];
		return texts.flatMap((item): Aside[] => {
			if (item.kind !== 'text') return [];
			if (name === this.#by.commentKey) return [this.#comment(item.value)];
			return [{ kind: 'instruction', target: name.slice(this.#by.instructionPrefix.length), text: this.#holdable(item.value) }];
		});
	}

	#comment(text: string): Aside {
		return { kind: 'comment', text: this.#holdable(text) };
	}

	#note(note: Note, at?: number): void {
		if (this.#notes.wants(note.code)) this.#notes.add({ ...note, path: dataPath(this.#steps) }, at);
		else this.#notes.add(note);
	}
}

function isScalar(value: Value): value is Scalar {
	return value.kind !== 'mapping' && value.kind !== 'sequence' && value.kind !== 'element' && value.kind !== 'alias';
}

/** Those above an item stand before its element, not in it. */
function withoutComments(item: Value): Value {
	if (item.before === undefined) return item;
	const { before, ...rest } = item;
	return rest as Value;
}
