import { dataPath, type Step } from './dataPath.ts';
import { deepest, FormatError, tooDeep } from './FormatError.ts';
import { writeJson } from './json/writeJson.ts';
import { isMerge, mergedEntries, mergeKey } from './mergeKeys.ts';
import type { Alias, Carried, Document, Entry, Mapping, Moment, Numeral, Reading, Scalar, Sequence, Text, Value } from './middle.ts';
import type { Note } from './Note.ts';
import { NoteBook } from './NoteBook.ts';
import type { ReadOptions } from './options.ts';
import { scalarText } from './projection/marks.ts';
import { Shape } from './Shape.ts';

/** What a format of data can hold beyond nothing, truth, numbers of JSON, texts, sequences and mappings of texts. */
export interface Holdings {
	comments?: boolean;
	/** Anchors and the aliases that stand for them. */
	anchors?: boolean;
	tags?: boolean;
	/** `inf`, `-inf` and `nan`. */
	nonFinite?: boolean;
	/** All of them, or those that it says. */
	moments?: boolean | ((moment: Moment) => boolean);
	binary?: boolean;
	/** Keys that are no texts. */
	complexKeys?: boolean;
	/** A key that stands twice in a mapping. Where it is not held it is written all the same, and told: most readers refuse it. */
	repeatedKeys?: boolean;
	/** Several documents one after another, also none and empty ones. */
	documents?: boolean;
	/** Numbers written otherwise than in JSON: `0x1F`. */
	writtenNumbers?: boolean;
}

/** Aliases may add so much to a document when they are written out: about a unit a value and one for each 16 characters. */
const mostExpanded = 4_000_000;

/**
 * Makes of a reading what a target can hold, and takes down what that changes. What it can hold already is left as it is, not copied.
 *
 * Elements go through untouched: markup is led into data before (`toData`).
 * @throws FormatError for aliases that stand in themselves or grow without bounds, and for what is too deep
 */
export function reduceData(reading: Reading, holds: Holdings, notes: NoteBook, { mergeKeys }: ReadOptions = {}): Reading {
	const reducer = new Reducer(holds, notes, mergeKeys === 'apply');
	const several = reading.documents.length > 1;
	const documents = reading.documents.map((document, index) => reducer.document(document, several ? [index] : []));
	if (holds.documents) return { documents };
	const filled = documents.filter(({ root }) => root !== undefined);
	const [first = { root: undefined }] = filled;
	if (filled.length > 1) {
		notes.add({ code: 'documents', kind: 'convention', what: String(filled.length), became: '[…]' });
		return { documents: [{ root: { kind: 'sequence', items: filled.map(({ root }) => root ?? { kind: 'null' }) } }] };
	}
	if (first.root !== undefined) return { documents: [first] };
	notes.add({ code: 'emptyDocument', kind: 'changed', became: 'null' });
	return { documents: [{ root: { kind: 'null' } }] };
}

/** Reduces one document after another; it knows the keys of mappings that are alike from one to the next. */
export class Reducer {
	readonly #noKeys = Shape.empty();
	readonly #holds: Holdings;
	readonly #notes: NoteBook;
	readonly #mergesKeys: boolean;
	readonly #steps: Step[] = [];
	/** What each anchor of the document stands for; `open` while its value is not read to its end. */
	readonly #anchors = new Map<string, { value: Value; weight: number } | 'open'>();
	#weight = 0;
	#expanded = 0;

	constructor(holds: Holdings, notes: NoteBook, mergesKeys: boolean) {
		this.#holds = holds;
		this.#notes = notes;
		this.#mergesKeys = mergesKeys;
	}

	document(document: Document, steps: Step[]): Document {
		this.#steps.splice(0, this.#steps.length, ...steps);
		this.#anchors.clear();
		const { root, prolog, epilog, declaration } = document;
		const reduced = root && this.value(root);
		if (this.#holds.comments && this.#holds.tags) return reduced === root ? document : { ...document, root: reduced };
		this.#loseAsides(prolog, 0, 'below');
		this.#loseAsides(epilog, this.#notes.source?.length, 'above');
		if (declaration !== undefined) this.#note({ code: 'declaration', kind: 'lost', what: declaration });
		if (!this.#holds.comments) return { root: reduced };
		return { root: reduced, ...(prolog && { prolog }), ...(epilog && { epilog }) };
	}

	/** Comments of YAML around a document do not know where they stand: it is looked for from its beginning or its end. */
	#loseAsides(asides: Document['prolog'] = [], at: number | undefined, side: 'above' | 'below'): void {
		const comments = asides.filter(({ kind }) => kind === 'comment');
		const note: Note = { code: 'comment', kind: 'lost', path: dataPath(this.#steps) };
		for (const { text, at: own } of comments.filter((aside) => aside.at !== undefined)) this.#notes.add({ ...note, what: text }, own);
		const texts = comments.filter((aside) => aside.at === undefined).map(({ text }) => text);
		this.#notes.addComments(texts, note, at, side);
	}

	value(value: Value): Value {
		const before = this.#weight++;
		const { anchor } = value;
		if (anchor === undefined || value.kind === 'alias') return this.#reduced(value);
		this.#anchors.set(anchor, 'open');
		const reduced = this.#reduced(value);
		this.#anchors.set(anchor, { value: reduced, weight: this.#weight - before });
		return reduced;
	}

	#reduced(value: Value): Value {
		switch (value.kind) {
			case 'alias':
				return this.#holds.anchors && !this.#mergesKeys ? value : this.#expand(value);
			case 'sequence':
				return this.#bare(this.#sequence(value));
			case 'mapping':
				return this.#bare(this.#mapping(value));
			case 'element':
				return value;
			default:
				if (value.kind === 'text') this.#weight += value.value.length >> 4;
				return this.#bare(this.#scalar(value));
		}
	}

	#holdsMoment(value: Moment): boolean {
		const { moments = false } = this.#holds;
		return typeof moments === 'boolean' ? moments : moments(value);
	}

	#scalar(value: Scalar): Scalar {
		switch (value.kind) {
			case 'number':
				return this.#number(value);
			case 'moment':
				if (this.#holdsMoment(value)) return value;
				this.#note({ code: 'moment', kind: 'changed', what: value.literal, became: JSON.stringify(value.literal) }, value.at);
				return asText(value, value.literal);
			case 'binary': {
				if (this.#holds.binary) return value;
				const base64 = Buffer.from(value.bytes).toString('base64');
				this.#note({ code: 'binary', kind: 'changed', what: `${value.bytes.length} B`, became: base64 }, value.at);
				return asText(value, base64);
			}
			default:
				return value;
		}
	}

	#number(value: Numeral): Scalar {
		if (!this.#holds.nonFinite && /^(-?inf|nan)$/.test(value.literal)) {
			this.#note({ code: 'nonFinite', kind: 'lost', what: value.literal, became: 'null' }, value.at);
			return { ...carriedBy(value), kind: 'null' };
		}
		if (value.written === undefined || this.#holds.writtenNumbers) return value;
		this.#note({ code: 'numberForm', kind: 'changed', what: value.written, became: value.literal }, value.at);
		return { ...carriedBy(value), kind: 'number', literal: value.literal };
	}

	// These go down by few frames a level, so that what is `deepest` fits on the stack.
	#sequence(value: Sequence): Sequence {
		this.#enter(value);
		let items: Value[] | undefined;
		for (let index = 0; index < value.items.length; index++) {
			const item = value.items[index] as Value;
			this.#steps.push(index);
			const reduced = this.value(item);
			this.#steps.pop();
			if (reduced !== item) items ??= value.items.slice(0, index);
			items?.push(reduced);
		}
		return items ? { ...value, items } : value;
	}

	#mapping(value: Mapping): Mapping {
		this.#enter(value);
		let shape = this.#noKeys;
		let entries: Entry[] | undefined;
		for (let index = 0; index < value.entries.length; index++) {
			const entry = value.entries[index] as Entry;
			const key = this.#key(entry.key);
			this.#steps.push(key.kind === 'text' ? key.value : '…');
			if (key.kind === 'text') {
				shape = shape.with(key.value);
				this.#tellKey(key, entry, shape);
			}
			const held = this.value(entry.value);
			this.#steps.pop();
			if (key !== entry.key || held !== entry.value) entries ??= value.entries.slice(0, index);
			entries?.push(key === entry.key && held === entry.value ? entry : { key, value: held });
		}
		const kept = entries ?? value.entries;
		const merged = this.#mergesKeys ? mergedEntries(kept) : kept;
		return merged === value.entries ? value : { ...value, entries: merged };
	}

	#tellKey(key: Text, entry: Entry, { isRepeated }: Shape): void {
		if (key.value === mergeKey && isMerge(entry) && !this.#mergesKeys) this.#note({ code: 'mergeKey', kind: 'convention', what: mergeKey }, key.at);
		if (isRepeated) this.#note({ code: 'duplicateKey', kind: this.#holds.repeatedKeys ? 'convention' : 'changed', what: key.value }, key.at);
	}

	/** Tells of the keys in what is held as it is. */
	tellKeys(value: Sequence | Mapping): void {
		this.#enter(value);
		if (value.kind === 'sequence') {
			for (let index = 0; index < value.items.length; index++) {
				const item = value.items[index] as Value;
				if (item.kind === 'mapping' || item.kind === 'sequence') this.#tellKeysBelow(index, item);
			}
			return;
		}
		let shape = this.#noKeys;
		for (const entry of value.entries) {
			const { key, value: held } = entry;
			if (key.kind !== 'text') continue;
			shape = shape.with(key.value);
			if (shape.isRepeated || key.value === mergeKey) {
				this.#steps.push(key.value);
				this.#tellKey(key, entry, shape);
				this.#steps.pop();
			}
			if (held.kind === 'mapping' || held.kind === 'sequence') this.#tellKeysBelow(key.value, held);
		}
	}

	#tellKeysBelow(step: Step, value: Sequence | Mapping): void {
		this.#steps.push(step);
		this.tellKeys(value);
		this.#steps.pop();
	}

	/** A key as a text where the target has no others: scalars as they are written, containers as JSON. */
	#key(key: Value): Value {
		const reduced = this.value(key);
		if (reduced.kind === 'text' || this.#holds.complexKeys) return reduced;
		const isScalar = reduced.kind !== 'sequence' && reduced.kind !== 'mapping' && reduced.kind !== 'alias' && reduced.kind !== 'element';
		const value = isScalar && reduced.kind !== 'null' ? scalarText(reduced) : jsonOf(reduced);
		this.#note({ code: isScalar ? 'keyToText' : 'complexKey', kind: 'changed', what: value, became: JSON.stringify(value) }, key.at);
		return asText(key.at === undefined ? {} : { at: key.at }, value);
	}

	#expand(alias: Alias): Value {
		const target = this.#anchors.get(alias.anchor);
		const where = { ...(alias.at !== undefined && { offset: alias.at }), path: dataPath(this.#steps), detail: alias.anchor };
		if (target === undefined) throw new FormatError('aliasUnknown', `Nothing before *${alias.anchor} has this anchor.`, where);
		if (target === 'open') throw new FormatError('aliasCycle', `*${alias.anchor} stands in the value that it stands for.`, where);
		this.#weight += target.weight;
		this.#expanded += target.weight;
		if (this.#expanded > mostExpanded) throw new FormatError('aliasBomb', 'Written out, the aliases would grow beyond all bounds.', where);
		this.#note({ code: 'alias', kind: 'changed', what: `*${alias.anchor}`, became: '…' }, alias.at);
		return target.value;
	}

	/** Takes away what a value carries that the target does not hold. */
	#bare<V extends Value>(value: V): V {
		const { before, after, inside, anchor, tag } = value;
		const losesComments = !this.#holds.comments && (before !== undefined || after !== undefined || inside !== undefined);
		const losesAnchor = !this.#holds.anchors && anchor !== undefined;
		const losesTag = !this.#holds.tags && tag !== undefined;
		if (!losesComments && !losesAnchor && !losesTag) return value;
		const rest = { ...value };
		if (losesComments) {
			const note: Note = { code: 'comment', kind: 'lost', path: dataPath(this.#steps) };
			this.#notes.addComments(before ?? [], note, value.at, 'above');
			this.#notes.addComments([...(after === undefined ? [] : [after]), ...(inside ?? [])], note, value.at, 'below');
			delete rest.before;
			delete rest.after;
			delete rest.inside;
		}
		if (losesAnchor) {
			this.#note({ code: 'anchor', kind: 'lost', what: `&${anchor}` }, value.at);
			delete rest.anchor;
		}
		if (losesTag) {
			this.#note({ code: 'tag', kind: 'lost', what: tag }, value.at);
			delete rest.tag;
		}
		return rest;
	}

	#enter(value: Value): void {
		if (this.#steps.length > deepest) throw tooDeep(value.at);
	}

	#note(note: Note, at?: number): void {
		this.#notes.add({ ...note, path: dataPath(this.#steps) }, at);
	}
}

/** A container as JSON, also where the target holds more of values than JSON does. */
function jsonOf(value: Value): string {
	const [document] = reduceData({ documents: [{ root: value }] }, {}, new NoteBook()).documents;
	return writeJson(document?.root ?? value, { indent: 0 });
}

function asText(scalar: Carried, value: string): Text {
	return { ...carriedBy(scalar), kind: 'text', value };
}

function carriedBy({ at, before, after, anchor, tag }: Carried): Carried {
	return {
		...(at !== undefined && { at }),
		...(before && { before }),
		...(after !== undefined && { after }),
		...(anchor !== undefined && { anchor }),
		...(tag !== undefined && { tag }),
	};
}
