import type { Read } from '../../../platform/formats/formats.ts';
import type { Aside, Entry, Value } from '../../../platform/formats/middle.ts';

/**
 * Whether everything that begins behind a line of one source begins in the other one at the same place, `shift` lines further down, and is the
 * same there: scalars and keys, and the names and attributes of elements.
 */
export function isSameAfter(one: Read, other: Read, { line, shift }: { line: number; shift: number }): boolean {
	const expected = placedValues(one, line, 0);
	const got = placedValues(other, line + shift, shift);
	return [...expected].every((held) => got.has(held));
}

function placedValues({ reading, placeOf }: Read, line: number, shift: number): Set<string> {
	const held = new Set<string>();
	const open: (Value | Entry | Aside)[] = reading.documents.flatMap(({ root }) => root ?? []);
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		if (!('kind' in next)) {
			open.push(next.key, next.value);
			continue;
		}
		if (next.kind === 'sequence') open.push(...next.items);
		else if (next.kind === 'mapping') open.push(...next.entries);
		else if (next.kind === 'element') open.push(...next.content);
		// Where a collection begins is not its own: without its first lines it begins at the next.
		if (next.kind === 'mapping' || next.kind === 'sequence') continue;
		const place = next.at === undefined ? undefined : placeOf?.(next.at);
		if (place && place.line > line) held.add(`${place.line - shift}:${place.column} ${saidBy(next)}`);
	}
	return held;
}

function saidBy(value: Value | Aside): string {
	switch (value.kind) {
		case 'text':
		case 'boolean':
			return JSON.stringify(value.value);
		case 'number':
		case 'moment':
			return `${value.kind} ${value.literal}`;
		case 'element':
			return `<${value.name} ${JSON.stringify(value.attributes)}`;
		case 'comment':
		case 'cdata':
			return `${value.kind} ${value.text}`;
		default:
			return value.kind;
	}
}
