import { isSameValue } from '../firstDifference.ts';
import type { Aside, Carried, Document, Element, Entry, Mapping, Reading, Sequence, Value } from '../middle.ts';
import { alignLists } from './alignLists.ts';

/**
 * Puts into a reading what was changed in its image: `base` is the image as it was made (poorer, in the same shape), `edited` the image now.
 * Where the two say the same, the reading stays as it is with everything its image had lost; where they differ, it takes the edit.
 */
export function reconcile(rich: Reading, base: Reading, edited: Reading): Reading {
	const count = rich.documents.length;
	if (base.documents.length !== count || edited.documents.length !== count) return edited;
	return {
		documents: rich.documents.map((document, index): Document => {
			const [was, now] = [base.documents[index]?.root, edited.documents[index]?.root];
			return document.root && was && now ? { ...document, root: merged(document.root, was, now) } : document;
		}),
	};
}

function merged(rich: Value, base: Value, edited: Value): Value {
	if (isSameValue(base, edited)) return rich;
	if (rich.kind === 'mapping' && base.kind === 'mapping' && edited.kind === 'mapping') return mergedMapping(rich, base, edited);
	if (rich.kind === 'sequence' && base.kind === 'sequence' && edited.kind === 'sequence') return mergedSequence(rich, base, edited);
	if (rich.kind === 'element' && base.kind === 'element' && edited.kind === 'element') return mergedElement(rich, base, edited);
	// Something else stands there now; what was said about its place is still said.
	return { ...edited, ...remarks(rich) };
}

function remarks({ before, after, anchor }: Carried): Carried {
	return { ...(before && { before }), ...(after !== undefined && { after }), ...(anchor !== undefined && { anchor }) };
}

function mergedMapping(rich: Mapping, base: Mapping, edited: Mapping): Mapping {
	const names = (entries: Entry[]) => numbered(entries.map(({ key }) => keyText(key)));
	const entries = mergeLists(rich.entries, base.entries, edited.entries, {
		richOf: places(names(rich.entries), names(base.entries)),
		baseOf: places(names(base.entries), names(edited.entries)),
		merge: (was, image, now) => ({ key: was.key, value: merged(was.value, image.value, now.value) }),
	});
	return { ...rich, entries };
}

function mergedSequence(rich: Sequence, base: Sequence, edited: Sequence): Sequence {
	// Items have no names: where the image has lost some, there is no telling which.
	if (rich.items.length !== base.items.length) return { ...edited, ...remarks(rich) };
	const items = mergeLists(rich.items, base.items, edited.items, {
		richOf: base.items.map((_item, index) => index),
		baseOf: alignLists(base.items, edited.items, isSameValue),
		merge: merged,
	});
	return { ...rich, items };
}

type Part = Element | Aside;

function mergedElement(rich: Element, base: Element, edited: Element): Element {
	const names = (parts: Part[]) => numbered(parts.map((part) => (part.kind === 'element' ? `<${part.name}` : part.kind)));
	const [image, now] = [base.content.filter(isSolid), edited.content.filter(isSolid)];
	const content = mergeLists(rich.content, image, now, {
		richOf: places(names(rich.content.map((part) => (isSolid(part) ? part : { kind: 'comment', text: '' }))), names(image)),
		baseOf: alignLists(image, now, isSamePart),
		merge: (was, before, after) =>
			was.kind === 'element' && before.kind === 'element' && after.kind === 'element' ? mergedElement(was, before, after) : after,
	});
	return { ...rich, name: edited.name, attributes: edited.attributes, content };
}

function isSamePart(a: Part, b: Part): boolean {
	if (a.kind === 'element' && b.kind === 'element') return isSameValue(a, b);
	return a.kind === b.kind && a.kind !== 'element' && b.kind !== 'element' && a.text === b.text;
}

/** Elements and texts; white space, comments and instructions are what an image may have lost. */
function isSolid(part: Part): boolean {
	return part.kind === 'element' || ((part.kind === 'characters' || part.kind === 'cdata') && part.text.trim() !== '');
}

interface Ways<T> {
	/** Of each member of the base the place in the rich list; -1 where it has none. */
	richOf: number[];
	/** Of each member of the edited list the place in the base; -1 for a new one. */
	baseOf: number[];
	merge: (rich: T, base: T, edited: T) => T;
}

/** The rich list with the members replaced that were edited, those left out that were taken away, and new ones behind their neighbours. */
function mergeLists<T>(rich: T[], base: T[], edited: T[], { richOf, baseOf, merge }: Ways<T>): T[] {
	const kept = new Map<number, T>();
	const added = new Map<number, T[]>();
	let previous = -1;
	for (const [index, now] of edited.entries()) {
		const image = baseOf[index] ?? -1;
		const place = image === -1 ? -1 : (richOf[image] ?? -1);
		const [was, before] = [rich[place], base[image]];
		if (was !== undefined && before !== undefined) {
			kept.set(place, merge(was, before, now));
			previous = place;
		} else added.set(previous, [...(added.get(previous) ?? []), now]);
	}
	const imaged = new Set(richOf);
	const left = rich.map((_member, place) => place).filter((place) => kept.has(place) || !imaged.has(place));
	const known = baseOf.filter((image) => image !== -1);
	const isReordered = known.some((image, index) => index > 0 && image < (known[index - 1] ?? 0));
	const order = isReordered ? inEditedOrder(left, [...kept.keys()]) : left;
	return [...(added.get(-1) ?? []), ...order.flatMap((place) => [kept.get(place) ?? (rich[place] as T), ...(added.get(place) ?? [])])];
}

/** The places in the order that the edit gave those it knows; what it does not know stays behind its neighbour. */
function inEditedOrder(places: number[], known: number[]): number[] {
	const knows = new Set(known);
	const first = places.findIndex((place) => knows.has(place));
	const followers = new Map<number, number[]>();
	let leader = -1;
	for (const place of places) {
		if (knows.has(place)) leader = place;
		else followers.set(leader, [...(followers.get(leader) ?? []), place]);
	}
	return [...places.slice(0, Math.max(first, 0)), ...known.flatMap((place) => [place, ...(followers.get(place) ?? [])])];
}

/** Names made different by counting those that are the same: `a`, `a 1`. */
function numbered(names: string[]): string[] {
	const counts = new Map<string, number>();
	return names.map((name) => {
		const count = counts.get(name) ?? 0;
		counts.set(name, count + 1);
		return `${count} ${name}`;
	});
}

/** Of each wanted name its place in a list; -1 where it is not in it. */
function places(names: string[], wanted: string[]): number[] {
	const index = new Map(names.map((name, place) => [name, place]));
	return wanted.map((name) => index.get(name) ?? -1);
}

/** A key that was no text is one in the image of a format without such keys; its text is what both are found by. */
function keyText(key: Value): string {
	switch (key.kind) {
		case 'text':
			return key.value;
		case 'number':
		case 'moment':
			return key.literal;
		case 'boolean':
			return String(key.value);
		default:
			return key.kind;
	}
}
