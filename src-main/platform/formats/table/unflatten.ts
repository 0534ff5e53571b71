import { deepest, tooDeep } from '../FormatError.ts';
import type { Entry, Mapping, Scalar, Sequence, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { type CellStep, columnSteps } from './columnPath.ts';
import type { Cell } from './flatten.ts';

/** A place in the records that columns lead to. */
interface Place {
	/** Some column leads to its item 0. */
	isList: boolean;
	below: Map<CellStep, Place>;
}

/** A container while it is filled, with what is in it by its key. */
interface Filling {
	container: Mapping | Sequence;
	inside: Map<CellStep, Filling | 'scalar'>;
}

/**
 * Makes records of rows whose columns name paths: the reverse of `Flattener`.
 *
 * @throws FormatError for a column that leads too deep
 */
export class Unflattener {
	readonly #names: readonly string[];
	readonly #columns: readonly CellStep[][];
	/** For each column, after which of its steps a list follows: where some column has its place 0. */
	readonly #lists: readonly boolean[][];
	/** For each column, whether it is one step that no other begins with: nothing can stand in its way. */
	readonly #isAlone: readonly boolean[];
	readonly #notes: NoteBook;

	constructor(columns: readonly string[], notes: NoteBook) {
		this.#names = columns;
		this.#columns = columns.map(columnSteps);
		if (this.#columns.some(({ length }) => length > deepest)) throw tooDeep();
		const top: Place = { isList: false, below: new Map() };
		const places = this.#columns.map((steps) => placesAlong(steps, top));
		this.#lists = places.map((along) => along.map(({ isList }) => isList));
		const firsts = Map.groupBy(this.#columns, ([first]) => String(first));
		this.#isAlone = this.#columns.map((steps) => steps.length === 1 && firsts.get(String(steps[0]))?.length === 1);
		this.#notes = notes;
	}

	/** A cell that has no place beside another, such as `a.b` where `a` is a text, stays under the whole name of its column, and that is noted. */
	record(cells: readonly Cell[], line: number): Mapping {
		const root: Mapping = { kind: 'mapping', entries: [] };
		let filling: Filling | undefined;
		for (const [index, cell] of cells.entries()) {
			const steps = this.#columns[index];
			if (cell === undefined || steps === undefined) continue;
			const value = unescaped(cell);
			const [only] = steps;
			if (this.#isAlone[index]) {
				root.entries.push(entry(String(only), value));
				continue;
			}
			filling ??= { container: root, inside: new Map() };
			if (steps.length === 1 && typeof only === 'string' && !filling.inside.has(only)) {
				root.entries.push(entry(only, value));
				filling.inside.set(only, fillingOf(value));
			} else if (!this.#put(filling, steps, this.#lists[index] ?? [], value)) {
				const name = this.#names[index] ?? '';
				const isRepeated = steps.length === 1;
				this.#notes.add({ code: isRepeated ? 'duplicateKey' : 'columnConflict', kind: isRepeated ? 'convention' : 'changed', line, what: name });
				root.entries.push(entry(isRepeated ? String(only) : name, value));
			}
		}
		return root;
	}

	#put(root: Filling, steps: readonly CellStep[], lists: readonly boolean[], value: Value): boolean {
		let at = root;
		for (const [depth, step] of steps.entries()) {
			const { container, inside } = at;
			// No list is longer than there are columns: a place beyond that is a key like any other.
			if (container.kind === 'sequence' && (typeof step !== 'number' || step > this.#columns.length)) return false;
			const name = container.kind === 'sequence' ? step : String(step);
			const present = inside.get(name);
			const isLast = depth === steps.length - 1;
			if (present === 'scalar' || (isLast && present !== undefined)) return false;
			if (present !== undefined) {
				at = present;
				continue;
			}
			const made: Value = isLast
				? value
				: lists[depth] && typeof steps[depth + 1] === 'number'
					? { kind: 'sequence', items: [] }
					: { kind: 'mapping', entries: [] };
			const filling = fillingOf(made);
			if (container.kind === 'mapping') container.entries.push(entry(String(step), made));
			else {
				while (container.items.length < Number(step)) container.items.push({ kind: 'null' });
				container.items[Number(step)] = made;
			}
			inside.set(name, filling);
			if (filling !== 'scalar') at = filling;
		}
		return true;
	}
}

/** The places behind each step, made where they are not there yet. */
function placesAlong(steps: readonly CellStep[], top: Place): Place[] {
	let at = top;
	return steps.map((step) => {
		if (step === 0) at.isList = true;
		const next = at.below.get(step) ?? { isList: false, below: new Map() };
		at.below.set(step, next);
		at = next;
		return next;
	});
}

function fillingOf(value: Value): Filling | 'scalar' {
	return value.kind === 'mapping' || value.kind === 'sequence' ? { container: value, inside: new Map() } : 'scalar';
}

function unescaped(cell: Scalar): Value {
	if (cell.kind !== 'text') return cell;
	if (cell.value === '{}') return { kind: 'mapping', entries: [] };
	if (cell.value === '[]') return { kind: 'sequence', items: [] };
	return /^\\+(?:\{\}|\[\])$/.test(cell.value) ? { ...cell, value: cell.value.slice(1) } : cell;
}

function entry(key: string, value: Value): Entry {
	return { key: { kind: 'text', value: key }, value };
}
