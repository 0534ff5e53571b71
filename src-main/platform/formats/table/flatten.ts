import { FormatError } from '../FormatError.ts';
import type { Mapping, Scalar, Sequence, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { type CellStep, columnName } from './columnPath.ts';

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
	#top = new ColumnPath([]);
	#paths = 0;
	/** How many records were looked at, by which a path knows what it counted of this one. */
	#record = 0;
	/** What is done with each cell of the record that is looked at. */
	#take: (path: ColumnPath, count: number, cell: Scalar) => void = () => {};

	constructor(notes: NoteBook, columns?: readonly string[]) {
		this.#notes = notes;
		this.#isFixed = columns !== undefined;
		const seen = new Map<string, number>();
		for (const name of columns ?? []) {
			const count = seen.get(name) ?? 0;
			seen.set(name, count + 1);
			this.#addColumn(name, count);
		}
	}

	get columns(): readonly string[] {
		return this.#names;
	}

	/** Takes in the columns of a record. */
	survey(record: Value): void {
		if (!this.#isFixed) this.#each(record, this.#addCell);
	}

	/** Begins with the columns of a record that is no value, and answers with the path that its entries go on from. */
	begin(): ColumnPath {
		this.#record++;
		if (this.#paths > mostPaths) {
			this.#top = new ColumnPath([]);
			this.#paths = 0;
		}
		return this.#top;
	}

	/** Takes in the column of a cell of that record. */
	surveyCell(path: ColumnPath): void {
		this.#take = this.#addCell;
		this.#cell(path, nothing);
	}

	#addCell = (path: ColumnPath, count: number): void => {
		path.places[count] ??= this.#addColumn(path.name, count);
	};

	/** The row of a record. A column that no record had when the columns were found is noted as lost. */
	row(record: Value, number: number): Cell[] {
		const cells = new Array<Cell>(this.#names.length).fill(undefined);
		let last = -1;
		let isOrdered = true;
		this.#each(record, (path, count, cell) => {
			path.places[count] ??= this.#places.get(key(path.name, count));
			const place = path.places[count];
			if (place === undefined) {
				this.#notes.add({ code: 'columnUnknown', kind: 'lost', path: `$[${number}]`, what: path.name }, cell.at);
				return;
			}
			if (place < last) isOrdered = false;
			last = place;
			cells[place] = cell;
		});
		if (!isOrdered) this.#notes.add({ code: 'entryOrder', kind: 'changed', path: `$[${number}]` }, record.at);
		return cells;
	}

	#addColumn(name: string, count: number): number {
		const known = key(name, count);
		const present = this.#places.get(known);
		if (present !== undefined) return present;
		if (this.#names.length >= mostColumns)
			throw new FormatError('tooManyColumns', `There are more than ${mostColumns} columns.`, { detail: String(mostColumns) });
		this.#places.set(known, this.#names.length);
		return this.#names.push(name) - 1;
	}

	/** Goes through the cells of a record; `count` says how many of that path came before. */
	#each(record: Value, take: (path: ColumnPath, count: number, cell: Scalar) => void): void {
		const top = this.begin();
		this.#take = take;
		if (record.kind !== 'mapping') this.#walk(record, this.step(top, valueColumn));
		else for (const { key: name, value } of record.entries) this.#walk(value, this.step(top, keyText(name)));
	}

	#walk(value: Value, path: ColumnPath): void {
		if (value.kind === 'mapping' || value.kind === 'sequence') {
			if (isEmpty(value)) this.#cell(path, { kind: 'text', value: value.kind === 'mapping' ? '{}' : '[]' });
			else if (value.kind === 'mapping') for (const { key: name, value: inner } of value.entries) this.#walk(inner, this.step(path, keyText(name)));
			else for (let index = 0; index < value.items.length; index++) this.#walk(value.items[index] as Value, this.step(path, index));
		} else if (value.kind === 'element' || value.kind === 'alias') throw new TypeError(`A table does not hold a value of the kind ${value.kind}.`);
		else this.#cell(path, literal(value));
	}

	/** The path one step on. */
	step(path: ColumnPath, step: CellStep): ColumnPath {
		let next = path.below.get(step);
		if (next === undefined) {
			next = new ColumnPath([...path.steps, step]);
			path.below.set(step, next);
			this.#paths++;
		}
		return next;
	}

	#cell(path: ColumnPath, cell: Scalar): void {
		if (path.record !== this.#record) {
			path.record = this.#record;
			path.count = 0;
		}
		this.#take(path, path.count++, cell);
	}
}

/** So many paths are remembered from one record to the next. */
const mostPaths = 65_536;

const nothing: Scalar = { kind: 'null' };

/** A path in records that leads to a cell, or to others. */
export class ColumnPath {
	readonly steps: readonly CellStep[];
	readonly below = new Map<CellStep, ColumnPath>();
	/** The columns of its cells, by which of several in a record each is. */
	readonly places: (number | undefined)[] = [];
	/** The last record that had one, and how many it has. */
	record = 0;
	count = 0;
	#name: string | undefined;

	constructor(steps: readonly CellStep[]) {
		this.steps = steps;
	}

	get name(): string {
		this.#name ??= columnName(this.steps);
		return this.#name;
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
	return scalar.kind === 'text' && isLikeContainer(scalar.value) ? { ...scalar, value: `\\${scalar.value}` } : scalar;
}

function keyText(name: Value): string {
	if (name.kind !== 'text') throw new TypeError(`A table does not hold a key of the kind ${name.kind}.`);
	return name.value;
}

function isLikeContainer(text: string): boolean {
	return (text.endsWith('}') || text.endsWith(']')) && /^\\*(?:\{\}|\[\])$/.test(text);
}
