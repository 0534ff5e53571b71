/** A piece of a page's text, as the reader of PDFs finds it, in the order of reading; lengths in points, `y` from the bottom. */
export interface PagePiece {
	str: string;
	x: number;
	y: number;
	width: number;
	fontSize: number;
	hasEOL: boolean;
}

interface Line {
	text: string;
	right: number;
	y: number;
	fontSize: number;
}

/**
 * Puts the pieces of a page together to the paragraphs that were typed.
 *
 * A PDF knows lines alone. One is taken to go on in the next where the first word of that had no room left on it; a wider gap between two
 * lines, or a smaller or larger print, parts paragraphs by a blank line.
 */
export function joinLines(pieces: readonly PagePiece[]): string {
	const lines = readLines(pieces);
	const edge = lines.reduce((most, { right }) => Math.max(most, right), 0);
	let text = '';
	for (const [index, line] of lines.entries()) {
		const before = lines[index - 1];
		text += (before ? breakBetween(before, line, edge) : '') + line.text;
	}
	return text;
}

function readLines(pieces: readonly PagePiece[]): Line[] {
	const lines: Line[] = [];
	let open: PagePiece[] = [];
	const close = () => {
		const printed = open.filter(({ str }) => str.trim() !== '');
		const [first] = printed;
		if (first) {
			const right = Math.max(...printed.map(({ x, width }) => x + width));
			lines.push({ text: joinPieces(printed), right, y: first.y, fontSize: Math.max(...printed.map(({ fontSize }) => fontSize)) });
		}
		open = [];
	};
	for (const piece of pieces) {
		open.push(piece);
		if (piece.hasEOL) close();
	}
	close();
	return lines;
}

/** The sign of an item of a list may be drawn after its words; words that run to the left stay in the order in which they came. */
function joinPieces(pieces: readonly PagePiece[]): string {
	const runsLeft = pieces.some(({ str }) => /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(str));
	const ordered = runsLeft ? pieces : pieces.toSorted((a, b) => a.x - b.x);
	let text = '';
	for (const [index, piece] of ordered.entries()) {
		const before = ordered[index - 1];
		const isApart = before !== undefined && (runsLeft || piece.x - before.x - before.width > piece.fontSize * 0.15);
		text += isApart && !/\s$/.test(text) ? ` ${piece.str.trimStart()}` : piece.str;
	}
	return text.trim();
}

function breakBetween(above: Line, below: Line, edge: number): string {
	const height = Math.max(above.fontSize, below.fontSize, 1);
	const gap = above.y - below.y;
	if (gap > height * 1.8 || Math.abs(above.fontSize - below.fontSize) > height * 0.15) return '\n\n';
	const word = /^\S+/.exec(below.text)?.[0] ?? '';
	const isEastAsian = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test((above.text.at(-1) ?? '') + (word[0] ?? ''));
	// A letter is about half as wide as it is high, a Chinese one as wide.
	const needed = isEastAsian ? above.fontSize : (word.length + 1) * above.fontSize * 0.5;
	// Below another column, or beside a formula, nothing goes on.
	const wraps = gap > 0 && above.right + needed > edge && !/^([-•*–]|\(?\p{L}?\d*[.)])\s/u.test(below.text);
	if (!wraps) return '\n';
	return isEastAsian ? '' : ' ';
}
