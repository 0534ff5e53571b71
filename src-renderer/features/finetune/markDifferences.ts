/** A piece of a text; `isOther` where the text that it is held against has something else, or nothing. */
export interface MarkedPiece {
	text: string;
	isOther: boolean;
}

/** Longer texts are not compared: the table of all pairs of words would be too large. */
const mostWords = 600;

/**
 * Splits `text` into pieces that stand in `expected` in the same order and pieces that do not, by words (in Chinese, by what the
 * segmenter takes for words). The pieces together are the text. A text that is too long to compare is one piece that is not marked.
 */
export function markDifferences(text: string, expected: string, language: string): MarkedPiece[] {
	const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
	const words = Array.from(segmenter.segment(text), ({ segment }) => segment);
	const wanted = Array.from(segmenter.segment(expected), ({ segment }) => segment);
	if (words.length > mostWords || wanted.length > mostWords) return text === '' ? [] : [{ text, isOther: false }];
	const common = commonWords(words, wanted);
	const pieces: MarkedPiece[] = [];
	for (const [index, word] of words.entries()) {
		const isOther = !common.has(index);
		const last = pieces.at(-1);
		if (last?.isOther === isOther) last.text += word;
		else pieces.push({ text: word, isOther });
	}
	return pieces;
}

/** The places in `words` of the longest sequence that both have (longest common subsequence, by dynamic programming). */
function commonWords(words: readonly string[], wanted: readonly string[]): Set<number> {
	const width = wanted.length + 1;
	const lengths = new Uint16Array((words.length + 1) * width);
	const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
	for (let row = words.length - 1; row >= 0; row--) {
		for (let column = wanted.length - 1; column >= 0; column--) {
			lengths[row * width + column] = words[row] === wanted[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
		}
	}
	const common = new Set<number>();
	for (let row = 0, column = 0; row < words.length && column < wanted.length; ) {
		if (words[row] === wanted[column]) {
			common.add(row);
			row++;
			column++;
		} else if (at(row + 1, column) >= at(row, column + 1)) row++;
		else column++;
	}
	return common;
}
