import { FormatError } from '../FormatError.ts';
import type { Scalar } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { escapedText, scalarText } from '../projection/marks.ts';
import type { Cell } from '../table/flatten.ts';
import { escapedCharacters } from '../xml/writeXml.ts';
import { tooManyRows, workbookLimits } from './workbookOptions.ts';
import { type CellLook, lookNumber, lookOfDecimals } from './workbookStyles.ts';

/**
 * Writes one sheet of a workbook row by row (ECMA-376 part 1, 18.3.1). Texts are never formulas and stand in their cells, so that nothing is held
 * of the rows that were written; a number that a spreadsheet would round is text, and that is told.
 *
 * @throws FormatError for what a sheet cannot hold: too many rows or columns, a text longer than a cell
 */
export class SheetWriter {
	readonly #sheet: string;
	readonly #notes: NoteBook;
	#rows = 0;

	constructor(sheet: string, notes: NoteBook) {
		this.#sheet = sheet;
		this.#notes = notes;
	}

	begin(): string {
		return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
	}

	/** The names of the columns. */
	header(names: readonly string[]): string {
		return this.#row(names, (name, at) => this.#textCell(name, at, 'heading'));
	}

	row(cells: readonly Cell[]): string {
		return this.#row(cells, (cell, at) => (cell === undefined ? '' : this.#cell(cell, at)));
	}

	end(): string {
		return '</sheetData></worksheet>\n';
	}

	#row<T>(cells: readonly T[], written: (cell: T, at: string) => string): string {
		const number = ++this.#rows;
		if (number > workbookLimits.rows) throw tooManyRows(this.#sheet);
		if (cells.length > workbookLimits.columns) throw this.#tooManyColumns();
		let text = `<row r="${number}">`;
		for (const [index, cell] of cells.entries()) text += written(cell, columnLetters(index) + number);
		return `${text}</row>`;
	}

	#cell(cell: Scalar, at: string): string {
		switch (cell.kind) {
			case 'null':
				this.#tell('nullAsEmpty', cell, '');
				return '';
			case 'boolean':
				return `<c r="${at}" t="b"><v>${cell.value ? 1 : 0}</v></c>`;
			case 'number':
				return this.#numberCell(cell, cell.literal, at);
			case 'moment': {
				const day = cell.type === 'date' || cell.type === 'localDateTime' ? dayOf(cell.literal) : undefined;
				if (day !== undefined) return numericCell(String(day), at, cell.type === 'date' ? 'date' : 'moment');
				this.#tell('typeToText', cell, `"${cell.literal}"`);
				return this.#textCell(cell.literal, at);
			}
			case 'binary':
				this.#tell('typeToText', cell, scalarText(cell));
				return this.#textCell(scalarText(cell), at);
			case 'text':
				if (cell.value !== '') return this.#textCell(cell.value, at);
				this.#tell('emptyText', cell, '');
				return '';
		}
	}

	#numberCell(cell: Scalar, literal: string, at: string): string {
		const value = Number(literal);
		if (!isHeld(literal, value)) {
			this.#tell('numberAsText', cell, `"${literal}"`);
			return this.#textCell(literal, at);
		}
		if (String(value) === literal) return numericCell(literal, at);
		this.#tell('numberForm', cell, String(value));
		return numericCell(String(value), at, lookOfDecimals(/\.(\d{1,15})$/.exec(literal)?.[1]?.length));
	}

	#textCell(text: string, at: string, look?: CellLook): string {
		const style = look === undefined ? '' : ` s="${lookNumber(look)}"`;
		return `<c r="${at}"${style} t="inlineStr"><is><t xml:space="preserve">${escapedCharacters(this.#held(text))}</t></is></c>`;
	}

	/** A text as a workbook holds it: what XML cannot, as `_xHHHH_` (ECMA-376 part 1, 22.9.2.19). */
	#held(text: string): string {
		const escaped = escapedText(text).replaceAll('\r', '_x000D_');
		if (escaped.length <= workbookLimits.cellCharacters) return escaped;
		const detail = String(workbookLimits.cellCharacters);
		throw new FormatError('cellTooLong', `A cell of a workbook holds ${detail} characters.`, { path: this.#path, detail });
	}

	get #path(): string {
		return `$["${this.#sheet}"][${this.#rows - 1}]`;
	}

	#tell(code: string, cell: Scalar, became: string): void {
		if (!this.#notes.wants(code)) this.#notes.countMore(code, 1);
		else this.#notes.add({ code, kind: 'changed', path: this.#path, what: scalarText(cell), became }, cell.at);
	}

	#tooManyColumns(): FormatError {
		const detail = String(workbookLimits.columns);
		const where = { path: `$["${this.#sheet}"]`, detail };
		return new FormatError('tooManyColumns', `The sheet ${this.#sheet} would have more than ${detail} columns, which XLSX holds.`, where);
	}
}

function numericCell(value: string, at: string, look?: CellLook): string {
	return `<c r="${at}"${look === undefined ? '' : ` s="${lookNumber(look)}"`}><v>${value}</v></c>`;
}

/** A spreadsheet holds a number as a double and shows 15 digits of it. */
function isHeld(literal: string, value: number): boolean {
	const digits = literal
		.replace(/[eE].*$/, '')
		.replace(/[-.]/g, '')
		.replace(/^0+/, '');
	return Number.isFinite(value) && digits.length <= 15 && !(value === 0 && (digits !== '' || literal.startsWith('-')));
}

const dayMs = 86_400_000;
/** The day 0 of a workbook before 1970, as it counts from March 1900 on (ECMA-376 part 1, 18.17.4.1). */
const unixEpochDay = 25_569;

/** Days since the day 0 of a workbook. The first days of 1900 are counted otherwise by every spreadsheet, and fractions of a second are not shown. */
function dayOf(literal: string): number | undefined {
	if (!/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d)?$/.test(literal)) return undefined;
	const time = Date.parse(`${literal.replace(' ', 'T').padEnd(19, 'T00:00:00').slice(0, 19)}Z`);
	return Number.isNaN(time) || time < Date.UTC(1900, 2, 1) ? undefined : time / dayMs + unixEpochDay;
}

const letters: string[] = [];

/** `A` for the column 0, `AA` for 26. */
function columnLetters(index: number): string {
	let name = letters[index];
	if (name === undefined) {
		name = (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
		letters[index] = name;
	}
	return name;
}
