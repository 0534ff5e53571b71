import type { Aside, Element, Entry, Value } from '../middle.ts';

/** The elements of XPath and XQuery Functions 3.1, section 17.5.1 (`fn:json-to-xml`): every processor of XSLT 3 makes JSON of them again. */
const jsonNamespace = 'http://www.w3.org/2005/xpath-functions';

/** Makes elements of plain data: `<map><number key="a">1.10</number></map>`. `step` is the indentation of a level, empty for one line. */
export function toJsonElements(value: Value, step: string): Element {
	const element = elementOf(value, step, step === '' ? '' : '\n');
	element.attributes.unshift({ name: 'xmlns', value: jsonNamespace });
	return element;
}

function elementOf(value: Value, step: string, lineEnd: string, key?: string): Element {
	const keyed = key === undefined ? [] : isWritable(key) ? [attribute('key', key)] : [attribute('escaped-key', 'true'), attribute('key', escaped(key))];
	switch (value.kind) {
		case 'mapping':
			return container(
				'map',
				keyed,
				value.entries.map((entry) => elementOf(entry.value, step, lineEnd + step, entry.key.kind === 'text' ? entry.key.value : '')),
				step,
				lineEnd,
			);
		case 'sequence':
			return container(
				'array',
				keyed,
				value.items.map((item) => elementOf(item, step, lineEnd + step)),
				step,
				lineEnd,
			);
		case 'text':
			if (isWritable(value.value)) return leaf('string', keyed, value.value);
			return leaf('string', [...keyed, attribute('escaped', 'true')], escaped(value.value));
		case 'number':
			return leaf('number', keyed, value.literal);
		case 'boolean':
			return leaf('boolean', keyed, String(value.value));
		case 'null':
			return leaf('null', keyed, '');
		default:
			throw new TypeError(`Plain data has no value of the kind ${value.kind}.`);
	}
}

function container(name: string, attributes: Element['attributes'], children: Element[], step: string, lineEnd: string): Element {
	const content = children.flatMap((child): (Element | Aside)[] => (step === '' ? [child] : [characters(lineEnd + step), child]));
	if (step !== '' && children.length > 0) content.push(characters(lineEnd));
	return { kind: 'element', name, attributes, content, ...(children.length === 0 && { isEmptyTag: true }) };
}

function leaf(name: string, attributes: Element['attributes'], text: string): Element {
	return { kind: 'element', name, attributes, content: text === '' ? [] : [characters(text)], ...(text === '' && { isEmptyTag: true }) };
}

function attribute(name: string, value: string): { name: string; value: string } {
	return { name, value };
}

function characters(text: string): Aside {
	return { kind: 'characters', text };
}

/** What XML cannot hold, and the carriage return, which its readers change. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unwritable = /[\0-\x08\x0B-\x1F\uFFFE\uFFFF]|\p{Cs}/u;

function isWritable(text: string): boolean {
	return !unwritable.test(text);
}

function escaped(text: string): string {
	return text.replace(new RegExp(`\\\\|${unwritable.source}`, 'gu'), (character) =>
		character === '\\' ? '\\\\' : `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
	);
}

function unescaped(text: string): string {
	return text.replace(/\\(?:u([0-9A-F]{4})|\\)/g, (_found, hex: string | undefined) =>
		hex === undefined ? '\\' : String.fromCharCode(Number.parseInt(hex, 16)),
	);
}

/** Makes data of such elements again; undefined for any other element, and for one that holds more than they have (comments, odd attributes). */
export function fromJsonElements(root: Element): Value | undefined {
	const [first, ...rest] = root.attributes;
	if (first?.name !== 'xmlns' || first.value !== jsonNamespace) return undefined;
	return entryOf({ ...root, attributes: rest })?.value;
}

function entryOf({ name, attributes, content }: Element): Entry | undefined {
	const held = new Map(attributes.map((attribute) => [attribute.name, attribute.value]));
	const rawKey = held.get('key') ?? '';
	const key: Value = { kind: 'text', value: held.get('escaped-key') === 'true' ? unescaped(rawKey) : rawKey };
	const isKnown = attributes.every((attribute) => ['key', 'escaped-key', 'escaped'].includes(attribute.name));
	const value = isKnown ? contentValue(name, content, held.get('escaped') === 'true') : undefined;
	return value && { key, value };
}

function contentValue(name: string, content: Element['content'], isEscaped: boolean): Value | undefined {
	if (name === 'map' || name === 'array') {
		const children: Entry[] = [];
		for (const part of content) {
			const child = part.kind === 'element' ? entryOf(part) : undefined;
			if (child) children.push(child);
			else if (part.kind !== 'characters' || part.text.trim() !== '') return undefined;
		}
		return name === 'map' ? { kind: 'mapping', entries: children } : { kind: 'sequence', items: children.map(({ value }) => value) };
	}
	const text = content.map((part) => (part.kind === 'characters' ? part.text : undefined));
	if (text.includes(undefined)) return undefined;
	return scalarOf(name, text.join(''), isEscaped);
}

function scalarOf(name: string, text: string, isEscaped: boolean): Value | undefined {
	switch (name) {
		case 'string':
			return { kind: 'text', value: isEscaped ? unescaped(text) : text };
		case 'number':
			return /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text) ? { kind: 'number', literal: text } : undefined;
		case 'boolean':
			return text === 'true' || text === 'false' ? { kind: 'boolean', value: text === 'true' } : undefined;
		case 'null':
			return text === '' ? { kind: 'null' } : undefined;
		default:
			return undefined;
	}
}
