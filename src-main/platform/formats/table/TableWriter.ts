import type { Scalar } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { scalarText } from '../projection/marks.ts';
import { plainScalar } from '../projection/plainScalar.ts';
import type { Cell } from './flatten.ts';
import { escapedFormula } from './formulas.ts';
import type { TableWriteOptions } from './tableOptions.ts';

/** A text that is a formula to nobody: it begins with a letter and ends with what is no space, and has no halves of characters. */
const prose = /^[A-Za-z](?:[^\ud800-\udfff]*[^\s\ud800-\udfff])?$/;

/**
 * Writes rows as CSV (RFC 4180). A cell is quoted where it must be, and also where an unquoted one would be read as something else
 * (`writtenBack`): a text that looks like a number, a truth or null, and a text with nothing in it.
 */
export class TableWriter {
	readonly #notes: NoteBook;
	readonly #delimiter: string;
	readonly #lineEnd: string;
	readonly #nullWord: string;
	readonly #escapes: boolean;
	readonly #mustQuote: RegExp;

	constructor(notes: NoteBook, { delimiter = ',', lineEnd = '\r\n', nullWord = '', formulas = 'escape' }: TableWriteOptions) {
		this.#notes = notes;
		this.#delimiter = delimiter;
		this.#lineEnd = lineEnd;
		this.#nullWord = nullWord;
		this.#escapes = formulas === 'escape';
		this.#mustQuote = new RegExp(`["\\r\\n${delimiter.replace(/[\\\]^-]/g, '\\$&')}]`);
	}

	header(columns: readonly string[]): string {
		return this.#line(columns.map((name) => this.#text(name, 0, name === '' && columns.length === 1)));
	}

	/** One line; `number` is the record's, from 0, for what is told of it. */
	row(cells: readonly Cell[], number: number): string {
		let line = '';
		for (let index = 0; index < cells.length; index++) {
			const cell = cells[index];
			if (index > 0) line += this.#delimiter;
			if (cell !== undefined) line += this.#cell(cell, number);
		}
		return line + this.#lineEnd;
	}

	#line(cells: string[]): string {
		return cells.join(this.#delimiter) + this.#lineEnd;
	}

	#cell(cell: Scalar, number: number): string {
		switch (cell.kind) {
			case 'text':
				return this.#text(cell.value, number, isTakenOtherwise(cell.value, this.#nullWord));
			case 'null':
				if (this.#nullWord === '') this.#notes.add({ code: 'nullAsEmpty', kind: 'changed', path: `$[${number}]` }, cell.at);
				return this.#nullWord;
			case 'number':
			case 'boolean':
				return scalarText(cell);
			default:
				this.#notes.add({ code: 'typeToText', kind: 'changed', path: `$[${number}]`, what: cell.kind, became: scalarText(cell) }, cell.at);
				return this.#text(scalarText(cell), number, false);
		}
	}

	#text(text: string, number: number, quotes: boolean): string {
		if (!quotes && prose.test(text) && !this.#mustQuote.test(text)) return text;
		const safe = this.#escapes ? escapedFormula(text) : text;
		if (safe !== text) this.#notes.add({ code: 'formulaEscaped', kind: 'changed', path: `$[${number}]`, what: text, became: safe });
		if (!safe.isWellFormed()) this.#notes.add({ code: 'loneSurrogate', kind: 'lost', path: `$[${number}]`, what: text, became: safe.toWellFormed() });
		return quotes || this.#mustQuote.test(safe) || /^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
	}
}

function isTakenOtherwise(text: string, nullWord: string): boolean {
	if (text === '' || text === nullWord) return true;
	return (text === 'true' || text === 'false' || /^[-0-9]/.test(text)) && plainScalar(text).kind !== 'text';
}
