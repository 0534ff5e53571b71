import type { Mapping, Value } from '../../../platform/formats/middle.ts';

/** Data as plain values of JavaScript, for what only looks at them: of a large number the digits are not kept, of a key that stands twice the last. */
export function plainOf(value: Value): unknown {
	switch (value.kind) {
		case 'null':
			return null;
		case 'boolean':
		case 'text':
			return value.value;
		case 'number':
			return Number(value.literal);
		case 'sequence':
			return value.items.map(plainOf);
		case 'mapping':
			return plainMapping(value);
		default:
			throw new Error(`a value of the kind ${value.kind} is no plain data`);
	}
}

function plainMapping({ entries }: Mapping): Record<string, unknown> {
	const plain: Record<string, unknown> = {};
	for (const { key, value } of entries)
		Object.defineProperty(plain, keyText(key), { value: plainOf(value), enumerable: true, configurable: true, writable: true });
	return plain;
}

/** The text of a key; data that JSON could hold has no others. */
export function keyText(key: Value): string {
	if (key.kind !== 'text') throw new Error(`a key of the kind ${key.kind} is no text`);
	return key.value;
}

/** The value at a place of data, by keys and by places in lists counted from 0; undefined where there is none. */
export function valueAt(root: Value, location: readonly (string | number)[]): Value | undefined {
	let value: Value | undefined = root;
	for (const step of location) {
		if (value?.kind === 'sequence') value = value.items[Number(step)];
		else if (value?.kind === 'mapping') value = value.entries.findLast(({ key }) => keyText(key) === String(step))?.value;
		else return undefined;
	}
	return value;
}
