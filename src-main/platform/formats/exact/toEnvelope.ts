import type { Aside, Carried, Document, Element, Entry, Mapping, Reading, Sequence, Text, Value } from '../middle.ts';

/** The key by which a mapping says that it stands for something that plain data is not. */
export const typeKey = '$type';

/**
 * Makes plain data (null, truth, numbers of JSON, texts, sequences, mappings of different texts) of any reading, so that `fromEnvelope` gives it
 * back. What is plain data already stays what it is; the rest stands in an envelope:
 *
 * | what                                 | envelope                                                                     |
 * | ------------------------------------ | ---------------------------------------------------------------------------- |
 * | `0x1F` under an anchor, with a comment | `{"$type": "number", "value": 31, "written": "0x1F", "after": " why", "anchor": "a"}` |
 * | `inf`                                | `{"$type": "number", "value": "inf"}`                                        |
 * | a date                               | `{"$type": "date", "value": "1979-05-27"}`                                   |
 * | bytes                                | `{"$type": "binary", "value": "AAEC"}`                                       |
 * | an alias                             | `{"$type": "alias", "anchor": "a"}`                                          |
 * | a mapping with a comment             | `{"$type": "mapping", "value": {…}, "before": [" why"]}`                     |
 * | with a key twice, or that is no text | `{"$type": "mapping", "entries": [["a", 1], ["a", 2]]}`                      |
 * | `<p id="1">text<br/></p>`            | `{"$type": "element", "name": "p", "attributes": {"id": "1"}, "content": ["text", {…}]}` |
 * | a comment in markup                  | `{"$type": "comment", "text": " why "}`                                      |
 * | several documents, or a prolog       | `{"$type": "documents", "documents": [{"prolog": […], "root": …}]}`          |
 *
 * Where things stood and how they were styled is not in it.
 */
export function toEnvelope({ documents }: Reading): Value {
	const [only] = documents;
	if (documents.length === 1 && only?.root && !only.prolog && !only.epilog && only.declaration === undefined) return wrapped(only.root);
	return wrapDocuments(documents, wrapped);
}

/** Documents in their envelope; their roots are given to `inner`. */
export function wrapDocuments(documents: Document[], inner: (value: Value) => Value): Value {
	return mapping([
		[typeKey, text('documents')],
		['documents', sequence(documents.map((document) => wrapDocument(document, inner)))],
	]);
}

function wrapDocument({ root, prolog, epilog, declaration }: Document, inner: (value: Value) => Value): Value {
	return mapping([
		['declaration', declaration === undefined ? undefined : text(declaration)],
		['prolog', prolog && sequence(prolog.map(wrappedAside))],
		['root', root && inner(root)],
		['epilog', epilog && sequence(epilog.map(wrappedAside))],
	]);
}

function wrapped(value: Value): Value {
	return wrap(value, wrapped);
}

/** One value in its envelope, if it needs one; what stands in it is given to `inner`. `fromEnvelope` compares with it what it takes off. */
export function wrap(value: Value, inner: (value: Value) => Value): Value {
	const isBare = !isLaden(value);
	switch (value.kind) {
		case 'null':
			return isBare ? { kind: 'null' } : envelope('null', [], value);
		case 'boolean':
			return isBare ? { kind: 'boolean', value: value.value } : envelope('boolean', [['value', { kind: 'boolean', value: value.value }]], value);
		case 'text':
			return isBare ? text(value.value) : envelope('text', [['value', text(value.value)]], value);
		case 'number': {
			const isJson = /[0-9]/.test(value.literal);
			const number: Value = isJson ? { kind: 'number', literal: value.literal } : text(value.literal);
			if (isBare && isJson && value.written === undefined) return number;
			const written: Field = ['written', value.written === undefined ? undefined : text(value.written)];
			return envelope('number', [['value', number], written], value);
		}
		case 'moment':
			return envelope(value.type, [['value', text(value.literal)]], value);
		case 'binary':
			return envelope('binary', [['value', text(Buffer.from(value.bytes).toString('base64'))]], value);
		case 'alias':
			return envelope('alias', [], value);
		case 'sequence': {
			const items = sequence(value.items.map(inner));
			return isBare ? items : envelope('sequence', [['items', items]], value);
		}
		case 'mapping':
			return wrapMapping(value, isBare, inner);
		case 'element':
			return wrapElement(value, inner);
	}
}

function wrapMapping(value: Mapping, isBare: boolean, inner: (value: Value) => Value): Value {
	const names = new Set(value.entries.map(({ key }) => (key.kind === 'text' && !isLaden(key) ? key.value : undefined)));
	const isPlain = names.size === value.entries.length && !names.has(undefined) && !names.has(typeKey);
	if (!isPlain) return envelope('mapping', [['entries', sequence(value.entries.map((entry) => sequence([inner(entry.key), inner(entry.value)])))]], value);
	const entries = value.entries.map((entry): Entry => ({ key: text(entry.key.kind === 'text' ? entry.key.value : ''), value: inner(entry.value) }));
	const plain: Mapping = { kind: 'mapping', entries };
	return isBare ? plain : envelope('mapping', [['value', plain]], value);
}

function wrapElement(element: Element, inner: (value: Value) => Value): Value {
	const names = new Set(element.attributes.map(({ name }) => name));
	const attributes =
		names.size === element.attributes.length
			? mapping(element.attributes.map(({ name, value }) => [name, text(value)]))
			: sequence(element.attributes.map(({ name, value }) => sequence([text(name), text(value)])));
	return envelope(
		'element',
		[
			['name', text(element.name)],
			['attributes', element.attributes.length > 0 ? attributes : undefined],
			[
				'content',
				element.content.length > 0 ? sequence(element.content.map((part) => (part.kind === 'element' ? inner(part) : wrappedAside(part)))) : undefined,
			],
			['emptyTag', element.isEmptyTag ? { kind: 'boolean', value: true } : undefined],
		],
		element,
	);
}

/** What stands between elements: text as it is, the rest by its name. */
export function wrappedAside(aside: Aside): Value {
	if (aside.kind === 'characters') return text(aside.text);
	return mapping([
		[typeKey, text(aside.kind)],
		['target', aside.kind === 'instruction' ? text(aside.target) : undefined],
		['text', text(aside.text)],
	]);
}

type Field = [key: string, value: Value | undefined];

function envelope(type: string, fields: Field[], { before, after, inside, anchor, tag }: Carried): Mapping {
	return mapping([
		[typeKey, text(type)],
		...fields,
		['before', before && sequence(before.map(text))],
		['after', after === undefined ? undefined : text(after)],
		['inside', inside && sequence(inside.map(text))],
		['anchor', anchor === undefined ? undefined : text(anchor)],
		['tag', tag === undefined ? undefined : text(tag)],
	]);
}

/** Tells whether a value carries what plain data cannot. */
function isLaden({ before, after, inside, anchor, tag }: Carried): boolean {
	return before !== undefined || after !== undefined || inside !== undefined || anchor !== undefined || tag !== undefined;
}

function mapping(fields: Field[]): Mapping {
	return { kind: 'mapping', entries: fields.flatMap(([key, value]) => (value ? [{ key: text(key), value }] : [])) };
}

function sequence(items: Value[]): Sequence {
	return { kind: 'sequence', items };
}

function text(value: string): Text {
	return { kind: 'text', value };
}
