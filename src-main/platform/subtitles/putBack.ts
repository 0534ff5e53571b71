import { type LiftedText, type TaggedFormat, writeWords } from './liftTags.ts';

/** What a translation did to a tag. */
export interface TagFault {
	/** `crossed`: its end stood before its beginning. */
	what: 'lost' | 'doubled' | 'crossed';
	tag: string;
}

/** A tag's place: how many characters of words stand before it. */
interface Place {
	number: number;
	offset: number;
}

/**
 * Puts the tags back into a translation, each where its placeholder is. One that is missing is put where it stood in proportion, at the edge
 * of a word; of one that is there twice the first counts; a pair in the wrong order is turned round; all are told. A placeholder of no tag
 * goes, and so does a tag that the translation made up. A text that was not changed is the same character for character.
 */
export function putBack(format: TaggedFormat, lifted: LiftedText, translation: string): { raw: string; faults: TagFault[] } {
	if (translation === lifted.text) return { raw: lifted.raw, faults: [] };
	const tagOf = ({ number }: Place) => lifted.within[number - 1] ?? '';
	const { words, places } = takeApart(translation);
	const faults: TagFault[] = [];
	const kept = new Map<number, Place>();
	for (const place of places) {
		if (place.number < 1 || place.number > lifted.within.length) continue;
		if (kept.has(place.number)) faults.push({ what: 'doubled', tag: tagOf(place) });
		else kept.set(place.number, place);
	}
	const lost = takeApart(lifted.text).places.filter(({ number }) => !kept.has(number));
	for (const place of lost) faults.push({ what: 'lost', tag: tagOf(place) });
	const inPlace = inOrder([...kept.values()], nearestEdges(words, lost, takeApart(lifted.text).words.length));
	for (const [open, close] of crossed(format, lifted.within, inPlace)) {
		faults.push({ what: 'crossed', tag: tagOf(open) });
		[open.number, close.number] = [close.number, open.number];
	}
	const parts: string[] = [];
	let at = 0;
	for (const place of inPlace) {
		parts.push(writeWords(format, words.slice(at, place.offset)), tagOf(place));
		at = place.offset;
	}
	return { raw: [lifted.before, ...parts, writeWords(format, words.slice(at)), lifted.after].join(''), faults };
}

/** The words of a text without placeholders, and where each of these stands among them. */
function takeApart(text: string): { words: string; places: Place[] } {
	const places: Place[] = [];
	const parts: string[] = [];
	let [at, offset] = [0, 0];
	for (const found of text.matchAll(/⟦(\d{1,7})⟧/g)) {
		parts.push(text.slice(at, found.index));
		offset += found.index - at;
		places.push({ number: Number(found[1]), offset });
		at = found.index + found[0].length;
	}
	return { words: [...parts, text.slice(at)].join(''), places };
}

/** Where tags that were lost go: as far into the words as they were, at the edge of a word that is nearest. */
function nearestEdges(words: string, lost: readonly Place[], lengthBefore: number): Place[] {
	if (lost.length === 0) return [];
	const edges = [0, ...Array.from(words.matchAll(/\s+|(?<=\p{Script=Han})(?=\p{Script=Han})/gu), ({ index }) => index), words.length];
	let at = 0;
	return lost.map(({ number, offset }) => {
		const wanted = lengthBefore === 0 ? words.length : Math.round((words.length * offset) / lengthBefore);
		// They come in the order in which they stood.
		while (at + 1 < edges.length && Math.abs((edges[at + 1] ?? 0) - wanted) < Math.abs((edges[at] ?? 0) - wanted)) at++;
		return { number, offset: edges[at] ?? 0 };
	});
}

/** Those that are there in the order in which they are, the others among them; of two in one place the first one comes first. */
function inOrder(kept: readonly Place[], added: readonly Place[]): Place[] {
	const places: Place[] = [];
	let at = 0;
	for (const place of added) {
		for (let next = kept[at]; next && (next.offset < place.offset || (next.offset === place.offset && next.number < place.number)); next = kept[++at])
			places.push(next);
		places.push(place);
	}
	return [...places, ...kept.slice(at)].map((place) => ({ ...place }));
}

/** A time of a word has no end. */
const never = /(?!)/;
const begins: Record<TaggedFormat, RegExp> = { srt: /^<([a-z]+)/i, vtt: /^<([a-z]+)/i, ass: /^\{\\([ibus])[1-9]\d*\}$/, lrc: never };
const ends: Record<TaggedFormat, RegExp> = { srt: /^<\/([a-z]+)/i, vtt: /^<\/([a-z]+)/i, ass: /^\{\\([ibus])0?\}$/, lrc: never };

/** The pairs of tags, such as `<i>` and `</i>`, of which the end stands before the beginning. */
function crossed(format: TaggedFormat, within: readonly string[], places: readonly Place[]): [open: Place, close: Place][] {
	const at = new Map(places.map((place, index) => [place.number, index]));
	const open = new Map<string, number[]>();
	const pairs: [number, number][] = [];
	for (const [index, tag] of within.entries()) {
		const [begun, ended] = [begins[format].exec(tag)?.[1]?.toLowerCase(), ends[format].exec(tag)?.[1]?.toLowerCase()];
		if (begun !== undefined && !open.has(begun)) open.set(begun, []);
		if (begun !== undefined) open.get(begun)?.push(index + 1);
		const partner = ended === undefined ? undefined : open.get(ended)?.pop();
		if (partner !== undefined) pairs.push([partner, index + 1]);
	}
	return pairs.flatMap(([first, second]): [Place, Place][] => {
		const [from, to] = [places[at.get(first) ?? 0], places[at.get(second) ?? 0]];
		return from && to && (at.get(first) ?? 0) > (at.get(second) ?? 0) ? [[from, to]] : [];
	});
}
