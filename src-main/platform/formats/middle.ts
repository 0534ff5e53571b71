/**
 * The middle: what every format is read into and written from. It carries what the formats know and no more than was there: a number keeps its
 * digits, entries their order and their duplicates, and null, empty and missing stay three things. Data (JSON, YAML, TOML, CSV, workbooks) and
 * markup (XML) are two dialects of it; `toData` and `toMarkup` lead from one to the other and say what they could not take along.
 */
export interface Reading {
	/** More than one only where the format has several (YAML, JSON Lines are one sequence). */
	documents: Document[];
}

export interface Document {
	/** Undefined in a document without content (an empty YAML stream); null is a value. */
	root: Value | undefined;
	/** Comments, instructions and a document type that stand before and after the root. */
	prolog?: readonly Aside[];
	epilog?: readonly Aside[];
	/** As written, without its marks: `version="1.0" standalone="yes"`; `%TAG ! tag:example.org,2000:`. */
	declaration?: string;
}

export type Value = Scalar | Sequence | Mapping | Alias | Element;

/** What any value may carry beside itself. */
export interface Carried {
	/** Where it begins in the source: UTF-16 code units from 0. Lines are counted from it only when somebody asks (`placeAt`). */
	at?: number;
	/** Comments on lines of their own above it, and the one at the end of its line; without their marks. */
	before?: readonly string[];
	after?: string;
	/** Comments of a container that stand after its last item, or in it when it is empty. */
	inside?: readonly string[];
	anchor?: string;
	/** A YAML tag that is not the usual one of its kind, as written. */
	tag?: string;
	/** How it was written where the format leaves a choice. A hint: it never changes what the value is. */
	style?: 'flow' | 'block' | 'plain' | 'single' | 'double' | 'literal' | 'folded';
}

export type Scalar = Nothing | Truth | Numeral | Text | Moment | Binary;

export interface Nothing extends Carried {
	kind: 'null';
}
export interface Truth extends Carried {
	kind: 'boolean';
	value: boolean;
}
export interface Numeral extends Carried {
	kind: 'number';
	/** A JSON number with the digits as written (`1.10`, `1e400`, `-0`), or `inf`, `-inf`, `nan`. */
	literal: string;
	/** As it stood in the source where that is no JSON number: `0x1F`, `1_000`, `.5`, `+1`. */
	written?: string;
}
export interface Text extends Carried {
	kind: 'text';
	value: string;
}
/** A date or a time as written; TOML's four, YAML's timestamps. */
export interface Moment extends Carried {
	kind: 'moment';
	type: 'dateTime' | 'localDateTime' | 'date' | 'time';
	literal: string;
}
export interface Binary extends Carried {
	kind: 'binary';
	bytes: Uint8Array;
}
export interface Sequence extends Carried {
	kind: 'sequence';
	items: Value[];
}
export interface Mapping extends Carried {
	kind: 'mapping';
	/** In their order, duplicates included. A key is a text in every format but YAML. */
	entries: Entry[];
}
export interface Entry {
	key: Value;
	value: Value;
}
/** Stands for the value with this anchor, which comes before it in the same document. */
export interface Alias extends Carried {
	kind: 'alias';
	anchor: string;
}

export interface Element extends Carried {
	kind: 'element';
	/** With its prefix, as written; namespaces are attributes (`xmlns`, `xmlns:p`). */
	name: string;
	attributes: { name: string; value: string }[];
	/** Mixed content in its order. White space between elements is content too. */
	content: (Element | Aside)[];
	/** Written as `<e/>`. */
	isEmptyTag?: boolean;
}

/** What stands between elements, or around the root. */
export type Aside =
	| { kind: 'characters'; text: string; at?: number }
	| { kind: 'cdata'; text: string; at?: number }
	| { kind: 'comment'; text: string; at?: number }
	| { kind: 'instruction'; target: string; text: string; at?: number }
	| { kind: 'doctype'; text: string; at?: number };
