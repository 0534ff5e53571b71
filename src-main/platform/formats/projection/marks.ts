import type { Element, Scalar } from '../middle.ts';
import { markNamespace } from './markupConvention.ts';

/** What the marks of an element say (markupConvention.ts); a mark that is none of them is not read. */
export interface Marks {
	type?: string;
	list?: string;
	map?: boolean;
	escaped?: boolean;
	root?: boolean;
}

/** The prefix that a document has for marks, as its root declares it. */
export function markPrefix({ attributes }: Pick<Element, 'attributes'>): string | undefined {
	return attributes.find(({ name, value }) => value === markNamespace && name.startsWith('xmlns:'))?.name.slice(6);
}

const unmarked: Marks = {};

/** The marks of an element and its other attributes. */
export function partMarks({ attributes }: Pick<Element, 'attributes'>, prefix: string | undefined): { marks: Marks; others: Element['attributes'] } {
	if (prefix === undefined || !attributes.some(({ name }) => name.includes(prefix))) return { marks: unmarked, others: attributes };
	const marks: Marks = {};
	const others = attributes.filter(({ name, value }) => {
		switch (name) {
			case `${prefix}:type`:
				marks.type = value;
				return false;
			case `${prefix}:list`:
				marks.list = value;
				return false;
			case `${prefix}:map`:
				marks.map = value === 'true';
				return false;
			case `${prefix}:escaped`:
				marks.escaped = value === 'true';
				return false;
			case `${prefix}:root`:
				marks.root = value === 'added';
				return false;
			default:
				return !(name === `xmlns:${prefix}` && value === markNamespace);
		}
	});
	return { marks, others };
}

/** The name a scalar's type is marked with; none for text, which is what all content is. */
export function typeMark(scalar: Scalar): string | undefined {
	switch (scalar.kind) {
		case 'text':
			return undefined;
		case 'moment':
			return scalar.type;
		default:
			return scalar.kind;
	}
}

/** How a scalar is written as text. */
export function scalarText(scalar: Scalar): string {
	switch (scalar.kind) {
		case 'null':
			return '';
		case 'boolean':
			return String(scalar.value);
		case 'number':
		case 'moment':
			return scalar.literal;
		case 'text':
			return scalar.value;
		case 'binary':
			return Buffer.from(scalar.bytes).toString('base64');
	}
}

/** The scalar that was written so with this mark; undefined where the text is none of the type. */
export function markedScalar(type: string, text: string): Scalar | undefined {
	switch (type) {
		case 'null':
			return text === '' ? { kind: 'null' } : undefined;
		case 'boolean':
			return text === 'true' || text === 'false' ? { kind: 'boolean', value: text === 'true' } : undefined;
		case 'number':
			return /^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|-?inf|nan)$/.test(text) ? { kind: 'number', literal: text } : undefined;
		case 'dateTime':
		case 'localDateTime':
		case 'date':
		case 'time':
			return { kind: 'moment', type, literal: text };
		case 'binary':
			return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? { kind: 'binary', bytes: new Uint8Array(Buffer.from(text, 'base64')) } : undefined;
		default:
			return undefined;
	}
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unholdable = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Cs}|_(?=x[0-9A-F]{4}_)/gu;

/** A text with the characters that XML cannot hold as `_xHHHH_`, for an element with the mark `escaped`. */
export function escapedText(text: string): string {
	return text.replace(unholdable, (found) => `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

export function unescapedText(text: string): string {
	return text.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
