/** Above so many pairs the middle of two lists is matched by place, not by what is in it. */
const mostPairs = 1_000_000;

/**
 * Finds for each member of the edited list the one of the base it comes from, -1 for a new one: what is the same at both ends first, then the
 * longest common subsequence between; of what is left over, as many as stand between the same neighbours are taken for changed.
 */
export function alignLists<T>(base: readonly T[], edited: readonly T[], isSame: (a: T, b: T) => boolean): number[] {
	const found = new Array<number>(edited.length).fill(-1);
	const same = (a: number, b: number) => isSame(base[a] as T, edited[b] as T);
	let start = 0;
	while (start < base.length && start < edited.length && same(start, start)) found[start] = start++;
	let [baseEnd, editedEnd] = [base.length, edited.length];
	while (baseEnd > start && editedEnd > start && same(baseEnd - 1, editedEnd - 1)) found[--editedEnd] = --baseEnd;
	const [rows, columns] = [baseEnd - start, editedEnd - start];
	if (rows * columns <= mostPairs) matchMiddle(found, start, rows, columns, same);
	pairLeftovers(found, start, baseEnd, editedEnd);
	return found;
}

function matchMiddle(found: number[], start: number, rows: number, columns: number, same: (a: number, b: number) => boolean): void {
	const width = columns + 1;
	const lengths = new Uint32Array((rows + 1) * width);
	const length = (row: number, column: number) => lengths[row * width + column] ?? 0;
	for (let row = rows - 1; row >= 0; row--) {
		for (let column = columns - 1; column >= 0; column--) {
			const both = same(start + row, start + column);
			lengths[row * width + column] = both ? length(row + 1, column + 1) + 1 : Math.max(length(row + 1, column), length(row, column + 1));
		}
	}
	for (let row = 0, column = 0; row < rows && column < columns; ) {
		if (same(start + row, start + column)) found[start + column++] = start + row++;
		else if (length(row + 1, column) >= length(row, column + 1)) row++;
		else column++;
	}
}

function pairLeftovers(found: number[], start: number, baseEnd: number, editedEnd: number): void {
	let from = start;
	for (let column = start; column < editedEnd; ) {
		if (found[column] !== -1) {
			from = (found[column++] ?? 0) + 1;
			continue;
		}
		let end = column;
		while (end < editedEnd && found[end] === -1) end++;
		const until = end < editedEnd ? (found[end] ?? baseEnd) : baseEnd;
		for (; column < end; column++) if (from < until) found[column] = from++;
	}
}
