import type { Aside, Carried, Document, Element, Entry, Mapping, Moment, Reading, Value } from '../middle.ts';
import { typeKey, wrap, wrapDocuments, wrappedAside } from './toEnvelope.ts';

/**
 * Takes a value out of the envelopes that `toEnvelope` put it in. What only looks like one (another program's `$type`) stays as it is: an
 * envelope is taken off only where putting it on again gives the same.
 */
export function fromEnvelope(root: Value): Reading {
	const documents = documentsOf(root);
	if (
		documents &&
		isEnveloped(documents) &&
		isSame(
			root,
			wrapDocuments(documents, () => hole),
		)
	)
		return { documents };
	return { documents: [{ root: unwrap(root) }] };
}

/** Stands for what is in a value while only its outside is compared. */
const hole: Value = { kind: 'null' };

/** A single document of which there is nothing to say is told by its root alone. */
function isEnveloped([only, ...others]: Document[]): boolean {
	return others.length > 0 || !only?.root || Boolean(only.prolog || only.epilog) || only.declaration !== undefined;
}

function documentsOf(root: Value): Document[] | undefined {
	if (root.kind !== 'mapping' || typeOf(root) !== 'documents') return undefined;
	const documents = field(root, 'documents');
	if (documents?.kind !== 'sequence') return undefined;
	return documents.items.map((item): Document => {
		const held = field(item, 'root');
		const declaration = textOf(field(item, 'declaration'));
		const prolog = asides(field(item, 'prolog'));
		const epilog = asides(field(item, 'epilog'));
		return { root: held && unwrap(held), ...(prolog && { prolog }), ...(epilog && { epilog }), ...(declaration !== undefined && { declaration }) };
	});
}

function asides(list: Value | undefined): Aside[] | undefined {
	return list?.kind === 'sequence' ? list.items.flatMap((item) => asideOf(item) ?? []) : undefined;
}

function unwrap(value: Value): Value {
	if (value.kind === 'sequence') return { ...value, items: value.items.map(unwrap) };
	if (value.kind !== 'mapping') return value;
	const type = typeOf(value);
	const taken = type === undefined ? undefined : takenOff(type, value);
	if (
		taken &&
		isSame(
			value,
			wrap(taken, () => hole),
		)
	)
		return taken;
	return { ...value, entries: value.entries.map((entry) => ({ key: entry.key, value: unwrap(entry.value) })) };
}

function takenOff(type: string, envelope: Mapping): Value | undefined {
	const value = field(envelope, 'value');
	const literal = textOf(value);
	const carried = carriedBy(envelope);
	switch (type) {
		case 'null':
			return { kind: 'null', ...carried };
		case 'boolean':
			return value?.kind === 'boolean' ? { kind: 'boolean', value: value.value, ...carried } : undefined;
		case 'text':
			return literal === undefined ? undefined : { kind: 'text', value: literal, ...carried };
		case 'number': {
			const digits = value?.kind === 'number' ? value.literal : literal;
			const written = textOf(field(envelope, 'written'));
			return digits === undefined ? undefined : { kind: 'number', literal: digits, ...(written !== undefined && { written }), ...carried };
		}
		case 'dateTime':
		case 'localDateTime':
		case 'date':
		case 'time':
			return literal === undefined ? undefined : ({ kind: 'moment', type, literal, ...carried } satisfies Moment);
		case 'binary':
			return literal === undefined ? undefined : { kind: 'binary', bytes: new Uint8Array(Buffer.from(literal, 'base64')), ...carried };
		case 'alias':
			return carried.anchor === undefined ? undefined : { kind: 'alias', ...carried, anchor: carried.anchor };
		case 'sequence': {
			const items = field(envelope, 'items');
			return items?.kind === 'sequence' ? { kind: 'sequence', items: items.items.map(unwrap), ...carried } : undefined;
		}
		case 'mapping': {
			const entries = entriesOf(envelope);
			return entries && { kind: 'mapping', entries, ...carried };
		}
		case 'element':
			return elementOf(envelope, carried);
		default:
			return undefined;
	}
}

function entriesOf(envelope: Mapping): Entry[] | undefined {
	const plain = field(envelope, 'value');
	if (plain?.kind === 'mapping') return plain.entries.map((entry) => ({ key: entry.key, value: unwrap(entry.value) }));
	const pairs = field(envelope, 'entries');
	if (pairs?.kind !== 'sequence') return undefined;
	return pairs.items.flatMap((pair) => {
		const [key, value] = pair.kind === 'sequence' ? pair.items : [];
		return key && value ? [{ key: unwrap(key), value: unwrap(value) }] : [];
	});
}

function elementOf(envelope: Mapping, carried: Carried): Element | undefined {
	const name = textOf(field(envelope, 'name'));
	const content = field(envelope, 'content');
	if (name === undefined) return undefined;
	return {
		kind: 'element',
		name,
		attributes: attributesOf(field(envelope, 'attributes')),
		content: content?.kind === 'sequence' ? content.items.flatMap((part) => contentOf(part) ?? []) : [],
		...(field(envelope, 'emptyTag') && { isEmptyTag: true }),
		...carried,
	};
}

function attributesOf(held: Value | undefined): Element['attributes'] {
	if (held?.kind === 'mapping') return held.entries.map(({ key, value }) => ({ name: textOf(key) ?? '', value: textOf(value) ?? '' }));
	if (held?.kind !== 'sequence') return [];
	return held.items.map((pair) => {
		const [name, value] = pair.kind === 'sequence' ? pair.items : [];
		return { name: textOf(name) ?? '', value: textOf(value) ?? '' };
	});
}

function contentOf(part: Value): Element | Aside | undefined {
	const aside = asideOf(part);
	if (aside) return aside;
	const element = unwrap(part);
	return element.kind === 'element' ? element : undefined;
}

function asideOf(part: Value): Aside | undefined {
	if (part.kind === 'text') return { kind: 'characters', text: part.value };
	const type = part.kind === 'mapping' ? typeOf(part) : undefined;
	const text = textOf(field(part, 'text'));
	if (text === undefined) return undefined;
	if (type === 'comment' || type === 'cdata' || type === 'doctype') return sameAside({ kind: type, text }, part);
	const target = textOf(field(part, 'target'));
	return type === 'instruction' && target !== undefined ? sameAside({ kind: type, target, text }, part) : undefined;
}

function sameAside(aside: Aside, part: Value): Aside | undefined {
	return isSame(part, wrappedAside(aside)) ? aside : undefined;
}

function carriedBy(envelope: Mapping): Carried {
	const after = textOf(field(envelope, 'after'));
	const anchor = textOf(field(envelope, 'anchor'));
	const tag = textOf(field(envelope, 'tag'));
	const before = texts(field(envelope, 'before'));
	const inside = texts(field(envelope, 'inside'));
	return {
		...(before && { before }),
		...(after !== undefined && { after }),
		...(inside && { inside }),
		...(anchor !== undefined && { anchor }),
		...(tag !== undefined && { tag }),
	};
}

function texts(list: Value | undefined): string[] | undefined {
	return list?.kind === 'sequence' ? list.items.map((item) => textOf(item) ?? '') : undefined;
}

function typeOf({ entries: [first] }: Mapping): string | undefined {
	return textOf(first?.key) === typeKey ? textOf(first?.value) : undefined;
}

function field(value: Value, name: string): Value | undefined {
	if (value.kind !== 'mapping') return undefined;
	return value.entries.find(({ key }) => textOf(key) === name)?.value;
}

function textOf(value: Value | undefined): string | undefined {
	return value?.kind === 'text' ? value.value : undefined;
}

/** Compares plain data with what an envelope would be; a hole is like anything. */
function isSame(value: Value | undefined, expected: Value | undefined): boolean {
	if (expected === hole) return value !== undefined;
	if (value === undefined || expected === undefined) return value === expected;
	if (value.kind === 'sequence' && expected.kind === 'sequence') {
		return value.items.length === expected.items.length && value.items.every((item, index) => isSame(item, expected.items[index]));
	}
	if (value.kind === 'mapping' && expected.kind === 'mapping') {
		const others = expected.entries;
		return (
			value.entries.length === others.length &&
			value.entries.every((entry, index) => isSame(entry.key, others[index]?.key) && isSame(entry.value, others[index]?.value))
		);
	}
	if (value.kind === 'number' && expected.kind === 'number') return value.literal === expected.literal;
	if ((value.kind === 'text' && expected.kind === 'text') || (value.kind === 'boolean' && expected.kind === 'boolean')) return value.value === expected.value;
	return value.kind === 'null' && expected.kind === 'null';
}
