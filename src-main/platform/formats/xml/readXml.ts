import { FormatError } from '../FormatError.ts';
import type { Aside, Document, Element } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { placesIn } from '../placeAt.ts';
import { XmlScanner } from './XmlScanner.ts';

/** How XML is read. */
export interface XmlReadOptions {
	/** Refuses what is not well-formed by Namespaces in XML; without it a prefix that no attribute declares is told in a note. */
	namespaces?: boolean;
}

/**
 * Reads an XML document with everything that stands in it: comments, instructions, CDATA sections, the document type and white space.
 *
 * What XML itself does not tell apart is not kept: line ends are LF, white space in attributes is spaces, references to characters and entities
 * are what they stand for, and which quotes attributes had and how the inside of a tag was spaced is gone.
 *
 * @throws FormatError with its place for what is not well-formed
 */
export function readXml(text: string, notes: NoteBook, options: XmlReadOptions = {}): Document {
	const placeOf = placesIn(text);
	notes.placeOf ??= placeOf;
	const builder = new TreeBuilder(notes);
	try {
		const scanner = new XmlScanner(builder, text.slice(0, 1000), options);
		scanner.feed(text);
		scanner.end();
	} catch (error) {
		throw error instanceof FormatError ? error.placed(placeOf) : error;
	}
	return builder.document;
}

/** Puts the events of a scanner together to a document. */
class TreeBuilder {
	readonly #notes: NoteBook;
	readonly #open: Element[] = [];
	readonly #undeclared = new Set<string>();
	#root: Element | undefined;
	readonly #prolog: Aside[] = [];
	readonly #epilog: Aside[] = [];
	#declaration: string | undefined;

	constructor(notes: NoteBook) {
		this.#notes = notes;
	}

	get document(): Document {
		return {
			root: this.#root,
			...(this.#prolog.length > 0 && { prolog: this.#prolog }),
			...(this.#epilog.length > 0 && { epilog: this.#epilog }),
			...(this.#declaration !== undefined && { declaration: this.#declaration }),
		};
	}

	declaration(text: string): void {
		this.#declaration = text;
	}

	open(element: Element): void {
		const parent = this.#open.at(-1);
		if (parent === undefined) this.#root = element;
		else parent.content.push(element);
		this.#open.push(element);
	}

	close(): void {
		this.#open.pop();
	}

	aside(aside: Aside): void {
		const content = this.#open.at(-1)?.content ?? (this.#root === undefined ? this.#prolog : this.#epilog);
		content.push(aside);
	}

	undeclaredPrefix = (prefix: string, at: number): void => {
		if (this.#undeclared.has(prefix)) return;
		this.#undeclared.add(prefix);
		this.#notes.add({ code: 'undeclaredPrefix', kind: 'convention', what: prefix }, at);
	};
}
