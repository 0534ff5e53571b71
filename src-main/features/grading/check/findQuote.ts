import { foldText } from './foldText.ts';

const mostQuoteChars = 5000;
/** More pieces are no quote. */
const mostPieces = 20;

/** Scripts that put no space between words: of a run of them any two characters count as a word, and one that stands alone. */
const unspaced = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Mymr}`;
const spaceless = new RegExp(`^[${unspaced}]`, 'u');
/** A run of those, or a word or number of any other script: a number goes on behind a point, and behind a comma with three digits. */
const words = new RegExp(`[[${unspaced}]&&[\\p{L}\\p{M}\\p{N}]]+|(?:\\d+(?:\\.\\d+|,\\d{3}(?!\\d))*|[[\\p{L}\\p{M}\\p{N}]--[${unspaced}]])+`, 'gv');

/**
 * Where a quote stands in an answer, in UTF-16 units of the answer; null where it does not.
 *
 * Compared but for Unicode forms, case, white space, kinds of quotation marks and dashes, and invisible characters. Quotation marks around the
 * quote may be missing in the answer. `…` joins pieces that stand in this order, and the place goes from the first to the last. A quote, and each
 * piece of it, has a whole word or number of the answer at least, or of a script that puts no spaces between words two characters: less would
 * stand in any answer.
 */
export function findQuote(answer: string, quote: string): { start: number; end: number } | null {
	if (quote.length > mostQuoteChars) return null;
	const asked = foldText(quote).text.trim();
	const folded = foldText(answer);
	const ends = wordEnds(folded.text);
	const whole = findPieces(folded.text, ends, [asked]);
	const place = whole ?? findPieces(folded.text, ends, [unquoted(asked)]) ?? findPieces(folded.text, ends, unquoted(asked).split(/\[?\.{3,}\]?/u));
	return place && folded.place(place.start, place.end);
}

/** Without the marks that a quote is set in, and without the point that ends the sentence it is quoted in. */
function unquoted(quote: string): string {
	return quote.replace(/^["'\s]+|["'\s]+$/gu, '');
}

/** The first place at which the pieces follow one another, each with a whole word in it. */
function findPieces(text: string, ends: Uint32Array, pieces: readonly string[]): { start: number; end: number } | null {
	const wanted = pieces.map((piece) => piece.trim()).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
	if (wanted.length === 0 || wanted.length > mostPieces) return null;
	let [start, end] = [-1, 0];
	for (const piece of wanted) {
		let at = text.indexOf(piece, end);
		while (at >= 0 && (ends[at] ?? 0) > at + piece.length) at = text.indexOf(piece, at + 1);
		if (at < 0) return null;
		if (start < 0) start = at;
		end = at + piece.length;
	}
	return { start, end };
}

/** For each place of a text where the first whole word that begins there or later ends; past its end where there is none. */
function wordEnds(text: string): Uint32Array {
	const ends = new Uint32Array(text.length).fill(text.length + 1);
	for (const { 0: run, index } of text.matchAll(words)) {
		if (!spaceless.test(run)) ends[index] = index + run.length;
		else markPairs(ends, run, index);
	}
	for (let at = text.length - 2; at >= 0; at--) ends[at] = Math.min(ends[at] ?? 0, ends[at + 1] ?? 0);
	return ends;
}

function markPairs(ends: Uint32Array, run: string, index: number): void {
	const chars = [...run];
	let from = index;
	for (const [place, char] of chars.entries()) {
		const second = chars[place + 1] ?? '';
		if (second !== '' || chars.length === 1) ends[from] = from + char.length + second.length;
		from += char.length;
	}
}
