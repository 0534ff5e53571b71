import { foldedPlaces, foldText } from './foldText.ts';

/** A piece of a text around what was found in it. `hits`: from where to where, in UTF-16 units of `text`. */
export interface Snippet {
	text: string;
	hits: [from: number, until: number][];
}

/** So much stands before the first hit, to be read on from. */
const lead = 40;
const longest = 180;
/** A text is not searched for further ones: it is in the index to here. */
export const mostIndexed = 20_000;

/**
 * The piece of `text` that shows the most of what `pattern` finds in it (searchTerms.ts), on one line, with an ellipsis where more stands before or after it.
 * A text without any, which another field was found by, shows its beginning.
 */
export function snippetOf(text: string, pattern: RegExp): Snippet {
	const searched = text.slice(0, mostIndexed);
	const places = foldedPlaces(searched);
	const found = [...foldText(searched).matchAll(pattern)].map(
		({ 0: hit, index }) => [places[index] ?? 0, places[index + hit.length] ?? searched.length] as [number, number],
	);
	const from = beginOf(searched, bestOf(found));
	const until = wholeUntil(searched, Math.min(searched.length, from + longest));
	const before = from > 0 ? '…' : '';
	const shown = before + searched.slice(from, until).replace(/\s/gu, ' ') + (until < text.length ? '…' : '');
	const hits = found
		.filter(([begin, end]) => begin >= from && end <= until)
		.map(([begin, end]): [number, number] => [begin - from + before.length, end - from + before.length]);
	return { text: shown, hits };
}

/** Where the hit stands with which most others are seen. */
function bestOf(found: readonly (readonly [number, number])[]): number {
	let best = { at: 0, count: 0 };
	let end = 0;
	for (const [index, [at]] of found.entries()) {
		while (end < found.length && (found[end]?.[1] ?? 0) <= at + longest - lead) end += 1;
		if (end - index > best.count) best = { at, count: end - index };
	}
	return best.at;
}

/** Begins at a word a little before `at`, or at the text's beginning. */
function beginOf(text: string, at: number): number {
	if (at <= lead) return 0;
	const from = at - lead;
	const space = text.slice(from, at).search(/\s\S/u);
	if (space >= 0) return from + space + 1;
	return isLowHalf(text, from) ? from + 1 : from;
}

/** Never cuts a character in two. */
function wholeUntil(text: string, until: number): number {
	return isLowHalf(text, until) ? until - 1 : until;
}

function isLowHalf(text: string, at: number): boolean {
	const unit = text.charCodeAt(at);
	return unit >= 0xdc00 && unit <= 0xdfff;
}
