import { type Place, placesIn } from '../placeAt.ts';

interface Piece {
	placeOf: (at: number) => Place;
	start: number;
	/** The line it begins on, and how many characters of that line came before it. */
	line: number;
	before: number;
}

/** Finds the lines of offsets in a source that comes in pieces: of those in the last few of them. */
export class LineCounter {
	#pieces: Piece[] = [];
	#next = { start: 0, line: 1, before: 0 };

	add(text: string): void {
		this.#pieces.push({ placeOf: placesIn(text), ...this.#next });
		if (this.#pieces.length > 3) this.#pieces.shift();
		let { line, before, start } = this.#next;
		let from = 0;
		for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
			line++;
			from = at + 1;
		}
		before = from === 0 ? before + text.length : text.length - from;
		start += text.length;
		this.#next = { start, line, before };
	}

	/** The place of an offset; that of the oldest piece still known for one before it. */
	placeOf = (at: number): Place => {
		const piece = this.#pieces.findLast(({ start }) => start <= at) ?? this.#pieces[0];
		if (piece === undefined) return { line: 1, column: 1 };
		const { line, column } = piece.placeOf(Math.max(0, at - piece.start));
		return { line: piece.line + line - 1, column: line === 1 ? piece.before + column : column };
	};
}
