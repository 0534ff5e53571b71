import { unseenParts, visibleText } from '#contract/visibleText.ts';

/** Of some tags of a source, those that a translation has less often. */
export function missingTags(source: string, target: string, tags: readonly string[]): string[] {
	return [...new Set(tags)].filter((tag) => countOf(target, tag) < countOf(source, tag));
}

/**
 * A translation with its missing tags put back: those that stand before or behind the words of the source there, one between its words as far
 * into the translation, at the next gap between words. A tag that closes never comes before the one it closes.
 */
export function putTagsBack(source: string, target: string, tags: readonly string[]): string {
	let [before, text, after] = ['', target, ''];
	for (const { tag, at } of placesOf(source, target, tags)) {
		const [ahead, behind] = [visibleText(source.slice(0, at)), visibleText(source.slice(at + tag.length))];
		if (ahead.trim() === '') before += tag;
		else if (behind.trim() === '') after += tag;
		else {
			const place = placeFor(text, tag, ahead.length / (ahead.length + behind.length));
			text = text.slice(0, place) + tag + text.slice(place);
		}
	}
	return before + text + after;
}

/** Where in the source each missing tag stands; of a tag that stands there several times those that come last are taken to be missing. */
function placesOf(source: string, target: string, tags: readonly string[]): { tag: string; at: number }[] {
	return missingTags(source, target, tags)
		.flatMap((tag) => {
			const places = occurrences(source, tag);
			return places.slice(countOf(target, tag)).map((at) => ({ tag, at }));
		})
		.sort((a, b) => a.at - b.at);
}

/** Before a word; a tag that closes goes behind one, and behind the one that it closes. */
function placeFor(text: string, tag: string, fraction: number): number {
	const place = placeOf(text, fraction);
	if (!tag.startsWith('</')) return /\s/.test(text[place] ?? '') ? place + 1 : place;
	const opened = opensUntil(text, tag);
	if (place > opened) return place;
	const wordEnd = text.slice(opened + 1).search(/\s/);
	return wordEnd === -1 ? text.length : opened + 1 + wordEnd;
}

/** The place in a text at this share of what is seen of it, moved to a space nearby, and never into the two halves of a letter. */
function placeOf(text: string, fraction: number): number {
	const unseen = [...text.matchAll(unseenParts)].map(({ 0: { length }, index }) => ({ from: index, to: index + length }));
	const isSeen = (at: number) => !unseen.some(({ from, to }) => from <= at && at < to);
	const isWhole = (at: number) => !/[\uDC00-\uDFFF]/.test(text[at] ?? '');
	const seen = Array.from({ length: text.length }, (_, at) => at).filter((at) => isSeen(at) && isWhole(at));
	const near = Math.round(seen.length * fraction);
	const spaces = seen.filter((at, nth) => /\s/.test(text[at] ?? '') && Math.abs(nth - near) <= 8);
	const wanted = seen[near] ?? text.length;
	return spaces.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? wanted;
}

/** Where the tag ends that this one closes; 0 where it closes none of the text. */
function opensUntil(text: string, tag: string): number {
	const name = /^<\/([a-z]+)/i.exec(tag)?.[1];
	const opens = name === undefined ? [] : [...text.matchAll(new RegExp(`<${name}(?:[.\\s][^<>]*)?>`, 'gi'))];
	const last = opens.at(-1);
	return last ? last.index + last[0].length : 0;
}

function countOf(text: string, tag: string): number {
	return occurrences(text, tag).length;
}

function occurrences(text: string, tag: string): number[] {
	const places: number[] = [];
	if (tag === '') return places;
	for (let at = text.indexOf(tag); at !== -1; at = text.indexOf(tag, at + tag.length)) places.push(at);
	return places;
}
