import type { Mapping, Sequence, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { forbiddenCharacterIn } from '../xml/characters.ts';
import { escapedName } from '../xml/names.ts';
import { escapedCharacters } from '../xml/writeXml.ts';
import { type Convention, markNamespace } from './markupConvention.ts';

/** So many places are remembered from one record to the next. */
const mostPlaces = 10_000;

/**
 * Writes records as XML straight away, some three times as fast as by way of elements (`dataElement`, `XmlWriter`), and the same to the letter.
 * It takes nothing of which it could be in doubt: a record with lists in lists, keys that are no plain names or stand twice, characters that XML
 * cannot hold, or one of which a list is told by something else at its path is left to those.
 *
 * Records must be bare (`RecordReducer`).
 */
export class PlainElements {
	readonly #notes: NoteBook;
	readonly #itemName: string;
	readonly #step: string;
	#top = new Place('');
	#places = 0;
	/** How many records and mappings there were, by which a place knows what it saw of this one. */
	#record = 0;
	#mappings = 0;
	#text = '';
	#hasMarks = false;
	/** How many numbers and truths became texts in this record. */
	#typed = 0;

	private constructor(itemName: string, step: string, notes: NoteBook) {
		this.#itemName = itemName;
		this.#step = step;
		this.#notes = notes;
	}

	/** Undefined for a convention by which more keys or marks than the usual ones mean something. */
	static by(convention: Convention, step: string, notes: NoteBook): PlainElements | undefined {
		const { textKey, contentKey, commentKey, cdataKey, doctypeKey, attributePrefix, instructionPrefix } = convention;
		const special = [textKey, contentKey, commentKey, cdataKey, doctypeKey, attributePrefix, instructionPrefix];
		const isUsual = convention.marks === 'structure' && !convention.whole && convention.listsOf.length === 0 && special.every((key) => /^[^A-Za-z]/.test(key));
		return isUsual && isPlainName(convention.itemName) ? new PlainElements(convention.itemName, step, notes) : undefined;
	}

	/** The element of a record, which stands in `lineEnd`, the line break with its indentation; undefined for one that is not plain. */
	written(record: Value, lineEnd: string): string | undefined {
		if (record.kind !== 'mapping' || record.entries.length === 0) return undefined;
		this.#record++;
		if (this.#places > mostPlaces) {
			this.#top = new Place('');
			this.#places = 0;
		}
		this.#text = '';
		this.#hasMarks = false;
		this.#typed = 0;
		if (!this.#entries(record, this.#top, this.#below(lineEnd))) return undefined;
		if (this.#typed > 0) this.#notes.countMore('typeToText', this.#typed);
		const declaration = this.#hasMarks ? ` xmlns:data="${markNamespace}"` : '';
		return `<${this.#itemName}${declaration}>${this.#text}${this.#step === '' ? '' : lineEnd}</${this.#itemName}>`;
	}

	#below(lineEnd: string): string {
		return this.#step === '' ? '' : lineEnd + this.#step;
	}

	// These answer with false where the record is not plain, and what was written of it is worth nothing.
	#entries({ entries }: Mapping, parent: Place, lineEnd: string): boolean {
		const mapping = ++this.#mappings;
		for (const { key, value } of entries) {
			if (key.kind !== 'text') return false;
			const place = this.#place(parent, key.value);
			if (!place.isPlain || place.mapping === mapping) return false;
			place.mapping = mapping;
			if (value.kind === 'sequence') {
				if (!this.#items(value, place, lineEnd)) return false;
			} else {
				if (!place.isOne(this.#record)) return false;
				this.#text += lineEnd;
				if (!this.#element(value, place, lineEnd, '')) return false;
			}
		}
		return true;
	}

	#place(parent: Place, key: string): Place {
		let place = parent.below.get(key);
		if (place === undefined) {
			place = new Place(key);
			parent.below.set(key, place);
			this.#places++;
		}
		return place;
	}

	#items({ items }: Sequence, place: Place, lineEnd: string): boolean {
		if (items.length === 0) {
			this.#hasMarks = true;
			this.#text += `${lineEnd}<${place.name} data:list="empty"/>`;
			return true;
		}
		const isOnly = items.length === 1;
		if (isOnly) this.#hasMarks = true;
		if (!(isOnly ? place.isOne(this.#record) : place.isSeveral(this.#record))) return false;
		for (const item of items) {
			this.#text += lineEnd;
			if (!this.#element(item, place, lineEnd, isOnly ? ' data:list="only"' : '')) return false;
		}
		return true;
	}

	#element(value: Value, place: Place, lineEnd: string, mark: string): boolean {
		const { name } = place;
		switch (value.kind) {
			case 'text': {
				const words = plainWords(value.value);
				if (words === undefined) return false;
				this.#text += words === '' ? `<${name}${mark}/>` : `<${name}${mark}>${words}</${name}>`;
				return true;
			}
			case 'number':
			case 'boolean':
				// While each of them is told of with its path, elements are made.
				if (this.#notes.wants('typeToText')) return false;
				this.#typed++;
				this.#text += `<${name}${mark}>${value.kind === 'number' ? value.literal : value.value}</${name}>`;
				return true;
			case 'null':
				this.#hasMarks = true;
				this.#text += `<${name} data:type="null"${mark}/>`;
				return true;
			case 'mapping':
				if (value.entries.length === 0) {
					this.#hasMarks = true;
					this.#text += `<${name} data:map="true"${mark}/>`;
					return true;
				}
				this.#text += `<${name}${mark}>`;
				if (!this.#entries(value, place, this.#below(lineEnd))) return false;
				this.#text += this.#step === '' ? `</${name}>` : `${lineEnd}</${name}>`;
				return true;
			default:
				return false;
		}
	}
}

/** Where elements stand, by the keys that lead there. */
class Place {
	readonly name: string;
	readonly isPlain: boolean;
	readonly below = new Map<string, Place>();
	/** The last mapping that had an entry here. */
	mapping = 0;
	/** The last record that had a value of its own here, and the last that had several items. */
	#oneIn = 0;
	#severalIn = 0;

	constructor(name: string) {
		this.name = name;
		this.isPlain = isPlainName(name);
	}

	/** Takes in that there is one element in its parent; false where there were several in another, which asks for a mark. */
	isOne(record: number): boolean {
		this.#oneIn = record;
		return this.#severalIn !== record;
	}

	isSeveral(record: number): boolean {
		this.#severalIn = record;
		return this.#oneIn !== record;
	}
}

function isPlainName(name: string): boolean {
	return /^[A-Za-z]/.test(name) && !name.includes(':') && escapedName(name) === name;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unusual = /[&<\]\0-\x08\x0B-\x1F\uFFFE\uFFFF\ud800-\udfff]/;

/** A text as it stands in XML; undefined where XML cannot hold it. */
function plainWords(text: string): string | undefined {
	if (!unusual.test(text)) return text;
	return forbiddenCharacterIn(text) === undefined ? escapedCharacters(text) : undefined;
}
