import type { Mapping, Sequence, Value } from '../middle.ts';
import type { WriteOptions } from '../options.ts';

/**
 * Writes plain data (`reduceData` with what JSON holds) as JSON, without a line end behind it: numbers with their digits as written, duplicates
 * as they are, lone surrogates escaped.
 */
export function writeJson(value: Value, { indent = 2 }: WriteOptions = {}): string {
	const step = indent === 'tab' ? '\t' : ' '.repeat(indent);
	return written(value, step, step === '' ? '' : '\n');
}

/** `lineEnd` is the line break with the indentation of the level that the value is in. */
function written(value: Value, step: string, lineEnd: string): string {
	switch (value.kind) {
		case 'null':
			return 'null';
		case 'boolean':
			return value.value ? 'true' : 'false';
		case 'number':
			return value.literal;
		case 'text':
			return quoted(value.value);
		case 'sequence':
			return sequence(value, step, lineEnd);
		case 'mapping':
			return mapping(value, step, lineEnd);
		default:
			throw new TypeError(`JSON does not hold a value of the kind ${value.kind}.`);
	}
}

function sequence({ items }: Sequence, step: string, lineEnd: string): string {
	if (items.length === 0) return '[]';
	const inner = lineEnd + step;
	let text = '[';
	let separator = inner;
	for (const item of items) {
		text += separator + written(item, step, inner);
		separator = `,${inner}`;
	}
	return `${text}${lineEnd}]`;
}

function mapping({ entries }: Mapping, step: string, lineEnd: string): string {
	if (entries.length === 0) return '{}';
	const inner = lineEnd + step;
	const colon = lineEnd === '' ? ':' : ': ';
	let text = '{';
	let separator = inner;
	for (const { key, value } of entries) {
		if (key.kind !== 'text') throw new TypeError(`JSON does not hold a key of the kind ${key.kind}.`);
		text += `${separator}${quotedKey(key.value)}${colon}${written(value, step, inner)}`;
		separator = `,${inner}`;
	}
	return `${text}${lineEnd}}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unusual = /["\\\0-\x1f\ud800-\udfff]/;

/** Most texts need no more than quotes, which takes half the time. */
function quoted(text: string): string {
	return unusual.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** So many keys of so many characters are remembered with their quotes. */
const mostKeys = 4096;
const longestKey = 64;
const quotedKeys = new Map<string, string>();

function quotedKey(key: string): string {
	const known = quotedKeys.get(key);
	if (known !== undefined) return known;
	const written = quoted(key);
	if (key.length <= longestKey) {
		if (quotedKeys.size >= mostKeys) quotedKeys.clear();
		quotedKeys.set(key, written);
	}
	return written;
}
