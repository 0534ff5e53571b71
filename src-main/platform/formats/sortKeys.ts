import type { Entry, Reading, Value } from './middle.ts';

/** The reading with the entries of every mapping in the order of their keys' code points; those of one key keep theirs. */
export function sortKeys({ documents }: Reading): Reading {
	return { documents: documents.map((document) => ({ ...document, ...(document.root && { root: sorted(document.root) }) })) };
}

function sorted(value: Value): Value {
	if (value.kind === 'sequence') return { ...value, items: value.items.map(sorted) };
	if (value.kind !== 'mapping') return value;
	const entries = value.entries.map((entry) => ({ key: entry.key, value: sorted(entry.value) }));
	return { ...value, entries: entries.sort((a, b) => byCodePoint(keyText(a), keyText(b))) };
}

function keyText({ key }: Entry): string {
	if (key.kind === 'text') return key.value;
	return key.kind === 'number' ? key.literal : '';
}

/** UTF-16 order would put characters beyond the first plane before the last ones in it. */
function byCodePoint(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
