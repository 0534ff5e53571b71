import type { Entry, Mapping, Value } from './middle.ts';

/** The key by which YAML takes the entries of another mapping in. */
export const mergeKey = '<<';

/** Tells whether an entry is YAML's `<<`: a plain key, for a quoted one is a text that happens to be `<<`. */
export function isMerge({ key }: Entry): boolean {
	return key.kind === 'text' && key.value === mergeKey && key.style !== 'single' && key.style !== 'double';
}

/**
 * Puts in the place of each `<<` the entries it refers to, of a mapping or of a list of them: a key the mapping has itself wins, then the
 * mapping that comes first. A `<<` that refers to something else stays.
 */
export function mergedEntries(entries: Entry[]): Entry[] {
	if (!entries.some(isMerge)) return entries;
	const taken = new Set(entries.filter((entry) => !isMerge(entry)).map(({ key }) => keyText(key)));
	return entries.flatMap((entry) => {
		const sources = isMerge(entry) ? mappingsOf(entry.value) : undefined;
		if (sources === undefined) return [entry];
		return sources.flatMap((source) => source.entries.filter(({ key }) => takes(taken, keyText(key))));
	});
}

function takes(taken: Set<string>, key: string): boolean {
	if (taken.has(key)) return false;
	taken.add(key);
	return true;
}

function mappingsOf(value: Value): Mapping[] | undefined {
	if (value.kind === 'mapping') return [value];
	if (value.kind !== 'sequence') return undefined;
	const mappings = value.items.filter((item) => item.kind === 'mapping');
	return mappings.length === value.items.length ? mappings : undefined;
}

function keyText(key: Value): string {
	return key.kind === 'text' ? `"${key.value}` : JSON.stringify(key, (name, part) => (name === 'at' ? undefined : part));
}
