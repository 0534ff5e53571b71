import { FormatError } from '../FormatError.ts';
import type { Mapping, Scalar, Sequence, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { type CellStep, columnName, escapedKey } from './columnPath.ts';

/** One cell: undefined where the record has nothing there. */
export type Cell = Scalar | undefined;

/** A spreadsheet has so many columns. What has more is no table, and its names alone could fill the memory. */
const mostColumns = 16_384;

/** A table written at once may have so many cells, also empty ones. */
const mostCells = 20_000_000;

/** The column of records that are no mappings. */
export const valueColumn = 'value';

/**
 * Makes rows of records: what lies in a record gets a column of its own, named by its path (columnPath.ts), so that rows are flat and
 * `unflatten` gives the records back. All records are looked at for the columns (`survey`) before the first row is made, or the columns are given.
 *
 * Empty lists and mappings are the cells `[]` and `{}`; a text that says so has a backslash before it. A key that a record has twice has two
 * columns of one name.
 *
 * @throws FormatError `tooManyColumns`
 */
export class Flattener {
	readonly #notes: NoteBook;
	/** Where each column stands: by its name, and by which of several of that name it is. */
	readonly #places = new Map<string, number>();
	readonly #names: string[] = [];
	readonly #isFixed: boolean;

	constructor(notes: NoteBook, columns?: readonly string[]) {
		this.#notes = notes;
		this.#isFixed = columns !== undefined;
		const seen = new Map<string, number>();
		for (const name of columns ?? []) {
			const count = seen.get(name) ?? 0;
			seen.set(name, count + 1);
			this.#place(name, count);
		}
	}

	get columns(): readonly string[] {
		return this.#names;
	}

	/** Takes in the columns of a record. */
	survey(record: Value): void {
		if (!this.#isFixed) this.#each(record, (name, count) => this.#place(name, count));
	}

	/** The row of a record. A column that no record had when the columns were found is noted as lost. */
	row(record: Value, number: number): Cell[] {
		const cells = new Array<Cell>(this.#names.length).fill(undefined);
		let last = -1;
		let isOrdered = true;
		this.#each(record, (name, count, cell) => {
			const place = this.#places.get(key(name, count));
			if (place === undefined) {
				this.#notes.add({ code: 'columnUnknown', kind: 'lost', path: `$[${number}]`, what: name }, cell.at);
				return;
			}
			if (place < last) isOrdered = false;
			last = place;
			cells[place] = cell;
		});
		if (!isOrdered) this.#notes.add({ code: 'entryOrder', kind: 'changed', path: `$[${number}]` }, record.at);
		return cells;
	}

	#place(name: string, count: number): void {
		const known = key(name, count);
		if (this.#places.has(known)) return;
		if (this.#names.length >= mostColumns)
			throw new FormatError('tooManyColumns', `There are more than ${mostColumns} columns.`, { detail: String(mostColumns) });
		this.#places.set(known, this.#names.length);
		this.#names.push(name);
	}

	/** Goes through the cells of a record; `count` says how many of that name came before. */
	#each(record: Value, take: (name: string, count: number, cell: Scalar) => void): void {
		const counts = new Map<string, number>();
		const cell = (name: string, scalar: Scalar) => {
			const count = counts.get(name) ?? 0;
			counts.set(name, count + 1);
			take(name, count, scalar);
		};
		if (record.kind !== 'mapping') this.#walk(record, [valueColumn], cell);
		else
			for (const { key: name, value } of record.entries) {
				const written = keyText(name);
				if (value.kind === 'mapping' || value.kind === 'sequence') this.#walk(value, [written], cell);
				else cell(escapedKey(written), literal(value as Scalar));
			}
	}

	#walk(value: Value, steps: readonly CellStep[], cell: (name: string, scalar: Scalar) => void): void {
		if (value.kind === 'mapping' || value.kind === 'sequence') {
			if (isEmpty(value)) cell(columnName(steps), { kind: 'text', value: value.kind === 'mapping' ? '{}' : '[]' });
			else if (value.kind === 'sequence') for (const [index, item] of value.items.entries()) this.#walk(item, [...steps, index], cell);
			else for (const { key: name, value: inner } of value.entries) this.#walk(inner, [...steps, keyText(name)], cell);
		} else if (value.kind === 'element' || value.kind === 'alias') throw new TypeError(`A table does not hold a value of the kind ${value.kind}.`);
		else cell(columnName(steps), literal(value));
	}
}

function key(name: string, count: number): string {
	return count === 0 ? name : `${name}\0${count}`;
}

/** Makes rows of all the records at once. */
export function flatten(records: readonly Value[], notes: NoteBook, columns?: readonly string[]): { columns: readonly string[]; rows: Cell[][] } {
	const flattener = new Flattener(notes, columns);
	for (const record of records) flattener.survey(record);
	if (records.length * flattener.columns.length > mostCells) {
		throw new FormatError('tooManyCells', `The table would have more than ${mostCells} cells: its records have little in common.`, {
			detail: String(mostCells),
		});
	}
	return { columns: flattener.columns, rows: records.map((record, index) => flattener.row(record, index)) };
}

function isEmpty(value: Mapping | Sequence): boolean {
	return value.kind === 'mapping' ? value.entries.length === 0 : value.items.length === 0;
}

/** A text that would be taken for an empty container says that it is none. */
function literal(scalar: Scalar): Scalar {
	return scalar.kind === 'text' && /^\\*(?:\{\}|\[\])$/.test(scalar.value) ? { ...scalar, value: `\\${scalar.value}` } : scalar;
}

function keyText(name: Value): string {
	if (name.kind !== 'text') throw new TypeError(`A table does not hold a key of the kind ${name.kind}.`);
	return name.value;
}
