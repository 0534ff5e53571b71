import { foldText } from './foldText.ts';

const mostQuoteChars = 5000;
/** More pieces are no quote. */
const mostPieces = 20;

/**
 * Where a quote stands in an answer, in UTF-16 units of the answer; null where it does not.
 *
 * Compared but for Unicode forms, case, white space, kinds of quotation marks and dashes, and invisible characters. Quotation marks around the
 * quote may be missing in the answer. `…` joins pieces that stand in this order, and the place goes from the first to the last. A quote without
 * a letter or digit is none.
 */
export function findQuote(answer: string, quote: string): { start: number; end: number } | null {
	if (quote.length > mostQuoteChars) return null;
	const asked = foldText(quote).text.trim();
	const folded = foldText(answer);
	const whole = findPieces(folded.text, [asked]);
	const place = whole ?? findPieces(folded.text, [unquoted(asked)]) ?? findPieces(folded.text, unquoted(asked).split(/\[?\.{3,}\]?/u));
	return place && folded.place(place.start, place.end);
}

/** Without the marks that a quote is set in, and without the point that ends the sentence it is quoted in. */
function unquoted(quote: string): string {
	return quote.replace(/^["'\s]+|["'\s]+$/gu, '');
}

/** The first place at which the pieces follow one another. */
function findPieces(text: string, pieces: readonly string[]): { start: number; end: number } | null {
	const wanted = pieces.map((piece) => piece.trim()).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
	if (wanted.length === 0 || wanted.length > mostPieces) return null;
	let [start, end] = [-1, 0];
	for (const piece of wanted) {
		const at = text.indexOf(piece, end);
		if (at < 0) return null;
		if (start < 0) start = at;
		end = at + piece.length;
	}
	return { start, end };
}
