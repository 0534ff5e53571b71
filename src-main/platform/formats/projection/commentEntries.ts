import type { Aside, Carried, Document, Entry, Mapping, Sequence, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';

/**
 * Comments as data, for formats that have none (JSON): each mapping holds, under one key (`$comment`), those of its entries by their keys. A text is
 * a comment behind its value, a list the lines above its key; where there is more, a mapping has `above`, `within` (between key and value),
 * `behind` and `end` (behind the last item). Those of the mapping itself stand under that one key again, with `prolog` and `epilog` for the whole
 * document; those of items under `list[0]`. `commentsFromEntries` leads all of it back.
 */
type Part = 'above' | 'within' | 'behind' | 'end' | 'prolog' | 'epilog';
const parts: readonly Part[] = ['prolog', 'above', 'within', 'behind', 'end', 'epilog'];
type Said = Partial<Record<Part, readonly string[]>>;

/** Puts the comments of data under `key`. What has no place, as beside a list that is in no mapping, is left where it is, to be told as lost. */
export function commentsToEntries({ root, prolog = [], epilog = [], ...document }: Document, key: string, notes: NoteBook): Document {
	// Data has comments around it and nothing else.
	const isKept = root?.kind === 'mapping' && !hasKey(root, key) && [...prolog, ...epilog].every(({ kind }) => kind === 'comment');
	if (isKept) return { root: keptMapping(root, key, notes, { prolog: textsOf(prolog), epilog: textsOf(epilog) }), ...document };
	return { root: root && kept(root, key, notes), ...(prolog.length > 0 && { prolog }), ...(epilog.length > 0 && { epilog }), ...document };
}

/** Takes the comments of data out of the entries that hold them. What is no such entry, as the `$comment` of a JSON Schema, stays as it is. */
export function commentsFromEntries(document: Document, key: string, notes: NoteBook): Document {
	const { root, said } = released(document.root, key, notes);
	return {
		...document,
		root,
		...(said.prolog && { prolog: asides(said.prolog) }),
		...(said.epilog && { epilog: asides(said.epilog) }),
	};
}

function kept(value: Value, key: string, notes: NoteBook): Value {
	if (value.kind === 'mapping')
		return hasKey(value, key)
			? { ...value, entries: value.entries.map((entry) => ({ ...entry, value: kept(entry.value, key, notes) })) }
			: keptMapping(value, key, notes, {});
	return value.kind === 'sequence' ? { ...value, items: value.items.map((item) => kept(item, key, notes)) } : value;
}

/** A mapping with its comments as its first entry; without any it stays as it is. */
function keptMapping(mapping: Mapping, key: string, notes: NoteBook, around: Said): Mapping {
	const said: Entry[] = [];
	const keep = (name: string, held: Said, at: number | undefined): boolean => {
		if (parts.every((part) => !held[part]?.length)) return true;
		for (const part of parts) notes.addComments(held[part] ?? [], { code: 'commentKey', kind: 'convention', became: key }, at, sideOf(part));
		said.push({ key: { kind: 'text', value: name }, value: saidValue(held) });
		return true;
	};
	const whole = takeComments(mapping);
	keep(key, { ...around, ...whole.said, within: [], above: whole.said.within ?? [] }, mapping.at);
	const names = new Map<string | undefined, number>();
	for (const entry of mapping.entries) names.set(keyName(entry), (names.get(keyName(entry)) ?? 0) + 1);
	const entries = mapping.entries.map((entry) => {
		const name = keyName(entry);
		if (name === undefined || names.get(name) !== 1) return entry;
		const { before: above = [], ...bareKey } = entry.key;
		const { bare, said: own } = entry.value.kind === 'mapping' ? { bare: entry.value, said: {} } : takeComments(entry.value);
		keep(name, { ...own, above }, entry.key.at);
		return { key: bareKey, value: keptItems(bare, name, (path, held, at) => !names.has(path) && keep(path, held, at)) };
	});
	const inner = entries.map((entry) => ({ ...entry, value: kept(entry.value, key, notes) }));
	const first: Entry = { key: { kind: 'text', value: key }, value: { kind: 'mapping', entries: said } };
	return { ...whole.bare, entries: said.length > 0 ? [first, ...inner] : inner };
}

/** The items of a list without their comments, which `keep` takes by their path; mappings keep their own. */
function keptItems(value: Value, path: string, keep: (path: string, said: Said, at: number | undefined) => boolean): Value {
	if (value.kind !== 'sequence') return value;
	const items = value.items.map((item, index) => {
		const place = `${path}[${index}]`;
		if (item.kind === 'mapping') return item;
		const { bare, said } = takeComments(item);
		return keptItems(keep(place, said, item.at) ? bare : item, place, keep);
	});
	return { ...value, items };
}

function sideOf(part: Part): 'above' | 'below' {
	return part === 'above' || part === 'within' ? 'above' : 'below';
}

function takeComments<V extends Value>(value: V): { bare: V; said: Said } {
	const { before, after, inside } = value;
	if (before === undefined && after === undefined && inside === undefined) return { bare: value, said: {} };
	const bare = { ...value };
	delete bare.before;
	delete bare.after;
	delete bare.inside;
	return { bare, said: { ...(before && { within: before }), ...(after !== undefined && { behind: [after] }), ...(inside && { end: inside }) } };
}

function saidValue(said: Said): Value {
	const filled = parts.filter((part) => said[part]?.length);
	const list = (part: Part): Value => ({ kind: 'sequence', items: (said[part] ?? []).map((comment) => text(bareText(comment))) });
	const [only] = filled;
	if (filled.length === 1 && only === 'above') return list('above');
	if (filled.length === 1 && only === 'behind') return text(bareText(said.behind?.[0] ?? ''));
	return { kind: 'mapping', entries: filled.map((part) => ({ key: text(part), value: list(part) })) };
}

/** A comment as people write it, without the mark and the blank behind it; one without that blank keeps its mark. */
function bareText(comment: string): string {
	return /^ (?!#)/.test(comment) ? comment.slice(1) : `#${comment}`;
}

function commentText(bare: string): string {
	return bare.startsWith('#') ? bare.slice(1) : ` ${bare}`;
}

/** A value with its comments where they belong; `said` are those of a document. */
function released(value: Value | undefined, key: string, notes: NoteBook): { root: Value | undefined; said: Said } {
	if (value?.kind === 'sequence') return { root: { ...value, items: value.items.map((item) => released(item, key, notes).root ?? item) }, said: {} };
	if (value?.kind !== 'mapping') return { root: value, said: {} };
	const inner = value.entries.map((entry) => ({ ...entry, value: released(entry.value, key, notes).root ?? entry.value }));
	const found = readSaid(value.entries.find((entry) => keyName(entry) === key)?.value);
	const rest = inner.filter((entry) => keyName(entry) !== key);
	const names = new Set(rest.map((entry) => keyName(entry)));
	const isOurs = found !== undefined && [...found.keys()].every((name) => name === key || names.has(name.replace(/(\[\d+\])+$/, '')) || names.has(name));
	if (!found || !isOurs) return { root: { ...value, entries: inner }, said: {} };
	notes.add({ code: 'commentKey', kind: 'convention', what: key, became: '#' }, value.at);
	const entries = rest.map((entry) => commented(entry, found));
	const own = found.get(key) ?? {};
	return { root: { ...value, entries, ...carriedOf({ ...own, within: own.above ?? [] }) }, said: own };
}

function commented({ key, value }: Entry, found: ReadonlyMap<string, Said>): Entry {
	const name = keyName({ key, value });
	if (name === undefined) return { key, value };
	const said = found.get(name) ?? {};
	return {
		key: said.above?.length ? { ...key, before: said.above } : key,
		value: commentedItems({ ...value, ...carriedOf(said) } as Value, name, found),
	};
}

function commentedItems(value: Value, path: string, found: ReadonlyMap<string, Said>): Value {
	if (value.kind !== 'sequence') return value;
	const items = value.items.map((item, index) => {
		const place = `${path}[${index}]`;
		return commentedItems({ ...item, ...carriedOf(found.get(place) ?? {}) } as Value, place, found);
	});
	return { ...value, items } satisfies Sequence;
}

function carriedOf({ within, behind, end }: Said): Pick<Carried, 'before' | 'after' | 'inside'> {
	return {
		...(within?.length && { before: within }),
		...(behind?.length && { after: behind.join(' ') }),
		...(end?.length && { inside: end }),
	};
}

/** The comments that an entry holds, by the keys they belong to; undefined for what is no such entry. */
function readSaid(value: Value | undefined): ReadonlyMap<string, Said> | undefined {
	if (value?.kind !== 'mapping') return undefined;
	const found = new Map<string, Said>();
	for (const entry of value.entries) {
		const [name, said] = [keyName(entry), readParts(entry.value)];
		if (name === undefined || said === undefined) return undefined;
		found.set(name, said);
	}
	return found;
}

function readParts(value: Value): Said | undefined {
	if (value.kind === 'text') return { behind: [commentText(value.value)] };
	if (value.kind === 'sequence') return partOf('above', value);
	if (value.kind !== 'mapping') return undefined;
	let said: Said = {};
	for (const entry of value.entries) {
		const part = parts.find((one) => one === keyName(entry));
		const read = part && partOf(part, entry.value);
		if (!read) return undefined;
		said = { ...said, ...read };
	}
	return said;
}

function partOf(part: Part, value: Value): Said | undefined {
	if (value.kind !== 'sequence' || value.items.some(({ kind }) => kind !== 'text')) return undefined;
	return { [part]: value.items.map((item) => commentText(item.kind === 'text' ? item.value : '')) };
}

function hasKey({ entries }: Mapping, key: string): boolean {
	return entries.some((entry) => keyName(entry) === key);
}

function keyName({ key }: Entry): string | undefined {
	return key.kind === 'text' ? key.value : undefined;
}

function textsOf(around: readonly Aside[]): string[] {
	return around.flatMap((aside) => (aside.kind === 'comment' ? aside.text : []));
}

function asides(texts: readonly string[]): Aside[] {
	return texts.map((one) => ({ kind: 'comment', text: one }));
}

function text(value: string): Value {
	return { kind: 'text', value };
}
