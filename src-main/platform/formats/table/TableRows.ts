import type { Entry, Text, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { scalarText } from '../projection/marks.ts';
import { plainScalar } from '../projection/plainScalar.ts';
import type { RawCell } from './CsvScanner.ts';
import type { Cell } from './flatten.ts';
import { unescapedFormula } from './formulas.ts';
import type { TableReadOptions } from './tableOptions.ts';
import { Unflattener } from './unflatten.ts';

/** Makes records of rows as they come: of the first one the names of the columns, unless there is no header. */
export class TableRows {
	readonly #options: TableReadOptions;
	readonly #notes: NoteBook;
	#header: readonly Text[] | undefined;
	#unflattener: Unflattener | undefined;
	/** The names of columns to the right of the header, by their number. */
	readonly #beyond: string[] = [];

	constructor(options: TableReadOptions, notes: NoteBook) {
		this.#options = options;
		this.#notes = notes;
	}

	/** The names as the header has them; undefined before it came, and where there is none. */
	get columns(): readonly string[] | undefined {
		return this.#header?.map(({ value }) => value);
	}

	/** The record of a row; undefined for the header and for a line with nothing on it. */
	record(cells: RawCell[], line: number): Value | undefined {
		const isBlank = cells.length === 1 && cells[0]?.value === '' && cells[0].style === undefined;
		// In a table of one column a blank line is a row whose cell is empty.
		if (isBlank && this.#header?.length !== 1) {
			if (this.#header) this.#tell('blankLine', 'changed', line);
			return undefined;
		}
		return this.#row(
			() => cells.map(({ value }) => value),
			() => cells.map((cell) => this.#cell(cell, line)),
			line,
		);
	}

	/** The same of cells that have their types already, as in a workbook. */
	typedRecord(cells: Cell[], line: number): Value | undefined {
		if (cells.every((cell) => cell === undefined)) {
			if (this.#header) this.#tell('blankLine', 'changed', line);
			return undefined;
		}
		const names = () => cells.map((cell) => (cell === undefined ? '' : scalarText(cell)));
		return this.#row(names, () => withoutTail(cells, this.#header?.length ?? 0), line);
	}

	#row(names: () => string[], cellsOf: () => Cell[], line: number): Value | undefined {
		if (this.#header === undefined) {
			this.#takeHeader(names(), line);
			if (this.#options.header !== false) return undefined;
		}
		const cells = cellsOf();
		const width = this.#header?.length ?? 0;
		if (cells.length !== width) this.#tell('raggedRow', 'convention', line, `${cells.length}/${width}`);
		if (this.#options.header === false) return { kind: 'sequence', items: cells.map((cell) => cell ?? { kind: 'null' }) };
		if (this.#unflattener && cells.length <= width) return this.#unflattener.record(cells, line);
		const entries: Entry[] = [];
		for (let index = 0; index < cells.length; index++) {
			const value = cells[index];
			if (value !== undefined) entries.push({ key: this.#key(index), value });
		}
		return { kind: 'mapping', entries };
	}

	#takeHeader(names: string[], line: number): void {
		this.#header = names.map((name) => ({ kind: 'text', value: this.#unescaped(name, line) }));
		if (this.#options.header === false) return;
		const seen = new Set<string>();
		for (const { value } of this.#header) {
			if (seen.has(value)) this.#tell('duplicateHeader', 'convention', line, value);
			seen.add(value);
		}
		if (this.#options.nested) this.#unflattener = new Unflattener(this.columns ?? [], this.#notes);
	}

	#key(index: number): Text {
		const named = this.#header?.[index];
		if (named) return named;
		this.#beyond[index] ??= `Column ${index + 1}`;
		return { kind: 'text', value: this.#beyond[index] };
	}

	#cell(cell: RawCell, line: number): Cell {
		const { types = 'none', empty = 'text', nullWord } = this.#options;
		const isQuoted = cell.style !== undefined;
		if (!isQuoted) {
			if (cell.value === '' && empty !== 'text') return empty === 'null' ? { kind: 'null' } : undefined;
			if (nullWord !== undefined && cell.value === nullWord) return { kind: 'null' };
		}
		const value = this.#unescaped(cell.value, line);
		if (types === 'all' || (types === 'unquoted' && !isQuoted)) return plainScalar(value);
		return value === cell.value && !isQuoted ? cell : { kind: 'text', value };
	}

	#unescaped(text: string, line: number): string {
		const value = this.#options.formulas === 'unescape' ? unescapedFormula(text) : text;
		if (value !== text) this.#notes.add({ code: 'formulaUnescaped', kind: 'convention', line, what: text, became: value });
		return value;
	}

	#tell(code: string, kind: 'convention' | 'changed', line: number, what?: string): undefined {
		this.#notes.add({ code, kind, line, ...(what !== undefined && { what }) });
		return undefined;
	}
}

/** Sheets are as wide as their widest row: cells that are missing to the right of the header are none. */
function withoutTail(cells: Cell[], width: number): Cell[] {
	let end = cells.length;
	while (end > width && cells[end - 1] === undefined) end--;
	return cells.slice(0, end);
}
