import type { Value } from '../../../platform/formats/middle.ts';
import { keyText } from './plainOf.ts';

/** What was seen at one place of all values that are alike. */
interface Seen {
	types: Set<string>;
	/** Mappings that were seen, and of each key in how many of them it was and what stood there. */
	mappings: number;
	keys: Map<string, { count: number; seen: Seen }>;
	items: Seen | null;
}

/** The JSON Schema (2020-12) that values suggest: their types, what lists hold, and the keys that all mappings at a place have. */
export function inferSchema(root: Value): object {
	const seen = nothingSeen();
	look(root, seen);
	return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schemaOf(seen) };
}

function nothingSeen(): Seen {
	return { types: new Set(), mappings: 0, keys: new Map(), items: null };
}

function look(value: Value, seen: Seen): void {
	seen.types.add(typeOf(value));
	if (value.kind === 'sequence') {
		seen.items ??= nothingSeen();
		for (const item of value.items) look(item, seen.items);
	}
	if (value.kind !== 'mapping') return;
	seen.mappings += 1;
	// A key that stands twice counts once.
	const met = new Set<string>();
	for (const { key, value: inner } of value.entries) {
		const name = keyText(key);
		const known = seen.keys.get(name) ?? { count: 0, seen: nothingSeen() };
		seen.keys.set(name, known);
		if (!met.has(name)) known.count += 1;
		met.add(name);
		look(inner, known.seen);
	}
}

function typeOf(value: Value): string {
	if (value.kind === 'number') return /^-?\d+$/.test(value.literal) ? 'integer' : 'number';
	const types: Partial<Record<Value['kind'], string>> = { null: 'null', boolean: 'boolean', text: 'string', sequence: 'array', mapping: 'object' };
	return types[value.kind] ?? 'string';
}

function schemaOf({ types, mappings, keys, items }: Seen): object {
	// A whole number is a number too.
	const named = [...types].filter((type) => type !== 'integer' || !types.has('number'));
	const required = [...keys].filter(([, { count }]) => count === mappings).map(([name]) => name);
	return {
		...(named.length > 0 && { type: named.length === 1 ? named[0] : named }),
		...(types.has('object') && { properties: Object.fromEntries([...keys].map(([name, { seen }]) => [name, schemaOf(seen)])) }),
		...(required.length > 0 && { required }),
		...(items !== null && items.types.size > 0 && { items: schemaOf(items) }),
	};
}
