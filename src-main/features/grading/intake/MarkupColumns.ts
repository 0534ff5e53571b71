import type { AnswerProblem, TableOrigin } from '#contract/answerMapping.ts';
import type { TableRow } from '../../../platform/csv/readTable.ts';
import { htmlToText, isHtml } from '../../../platform/text/htmlToText.ts';

/** One element around all of it, with text in it: what an editor of a platform writes, and hardly anybody who answers a question about HTML. */
const edited = /^\s*<(p|div|ul|ol|table|blockquote|h[1-6])(?:\s[^<>]*)?>.*<\/(?:p|div|ul|ol|table|blockquote|h[1-6])\s*>\s*$/is;

/**
 * Tells which columns of a table hold HTML that is to become plain text, and not answers in which tags are what was written.
 *
 * All do in the exports of Moodle and Canvas; elsewhere those of which most cells are as an editor writes them.
 */
export class MarkupColumns {
	readonly #rows: readonly TableRow[];
	readonly #isOfPlatform: boolean;
	readonly #known = new Map<number, boolean>();

	constructor(rows: readonly TableRow[], origin: TableOrigin) {
		this.#rows = rows;
		this.#isOfPlatform = origin !== null;
	}

	has(index: number): boolean {
		const known = this.#known.get(index) ?? (this.#isOfPlatform || this.#isMostlyEdited(index));
		this.#known.set(index, known);
		return known;
	}

	/** Told of a column of which cells were read as HTML, at the first of them. */
	problems(index: number, column: string): AnswerProblem[] {
		if (!this.has(index)) return [];
		const read = this.#rows.filter(({ cells }) => isHtml(cells[index] ?? ''));
		const [first] = read;
		return first ? [{ row: first.row, column, code: 'htmlRead', detail: String(read.length) }] : [];
	}

	#isMostlyEdited(index: number): boolean {
		const filled = this.#rows.map(({ cells }) => cells[index] ?? '').filter((cell) => cell.trim() !== '');
		return filled.filter((cell) => edited.test(cell) && htmlToText(cell) !== '').length * 2 > filled.length;
	}
}
