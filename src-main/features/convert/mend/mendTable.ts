import { Edits } from './Edits.ts';

interface Cell {
	at: number;
	end: number;
}

/** Mends a table: quotes that are open or stand where none may, and rows with fewer or more cells than the first one. `delimiter` is one character. */
export function mendTable(source: string, delimiter: string): Edits {
	const edits = new Edits(source);
	let columns: number | null = null;
	let at = source.startsWith('\ufeff') ? 1 : 0;
	while (at < source.length) {
		const { cells, end, next } = readRow(source, at, delimiter, edits);
		const isBlank = cells.length === 1 && cells[0]?.at === cells[0]?.end;
		columns ??= cells.length;
		if (!isBlank && cells.length < columns) edits.add('shortRow', end, end, delimiter.repeat(columns - cells.length));
		else if (cells.length > columns) joinRest(source, cells, columns, delimiter, edits);
		at = next;
	}
	return edits;
}

/** Reads one row and mends its quotes; `end` is where its last cell ends, `next` where the next row begins. */
function readRow(source: string, from: number, delimiter: string, edits: Edits): { cells: Cell[]; end: number; next: number } {
	const cells: Cell[] = [];
	for (let at = from; ; ) {
		const end = source[at] === '"' ? quotedEnd(source, at, delimiter, edits) : plainEnd(source, at, delimiter, edits);
		cells.push({ at, end });
		if (source[end] === delimiter) at = end + 1;
		else return { cells, end, next: source.startsWith('\r\n', end) ? end + 2 : end + 1 };
	}
}

/** The end of a cell in quotes. One that is not closed before the source ends is closed at the end of its line. */
function quotedEnd(source: string, at: number, delimiter: string, edits: Edits): number {
	for (let place = source.indexOf('"', at + 1); place !== -1; place = source.indexOf('"', place + 1)) {
		const next = source[place + 1];
		if (next === '"') place += 1;
		else if (next === undefined || next === delimiter || next === '\n' || next === '\r') return place + 1;
		// A quote within a cell that has quotes.
		else edits.add('strayQuote', place, place + 1, '""');
	}
	const end = lineEnd(source, at);
	const kept = edits.all.findLastIndex((edit) => edit.at < at) + 1;
	edits.all.splice(kept);
	edits.add('openQuote', end, end, '"');
	return end;
}

/** The end of a cell without quotes; one with a quote in it is put into quotes. */
function plainEnd(source: string, at: number, delimiter: string, edits: Edits): number {
	let end = at;
	while (end < source.length && source[end] !== delimiter && source[end] !== '\n' && source[end] !== '\r') end += 1;
	const text = source.slice(at, end);
	if (text.includes('"')) edits.add('strayQuote', at, end, `"${text.replaceAll('"', '""')}"`);
	return end;
}

/** The cells beyond the last column go into it, as most often a delimiter in a text without quotes made two of one. */
function joinRest(source: string, cells: readonly Cell[], columns: number, delimiter: string, edits: Edits): void {
	const [first, last] = [cells[columns - 1], cells.at(-1)];
	if (!first || !last) return;
	const rest = cells.slice(columns - 1).map(({ at, end }) => unquoted(source.slice(at, end)));
	edits.all.splice(edits.all.findLastIndex(({ at }) => at < first.at) + 1);
	const isEmpty = rest.slice(1).every((text) => text === '');
	edits.add('longRow', first.at, last.end, isEmpty ? source.slice(first.at, first.end) : `"${rest.join(delimiter).replaceAll('"', '""')}"`);
}

function unquoted(cell: string): string {
	return cell.startsWith('"') && cell.endsWith('"') && cell.length > 1 ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

function lineEnd(source: string, at: number): number {
	const found = /[\r\n]/.exec(source.slice(at, at + 1_000_000));
	return found ? at + found.index : source.length;
}
