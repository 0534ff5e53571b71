/** How much a disagreement of `distance` steps counts. */
const costs = { none: (distance: number) => (distance === 0 ? 0 : 1), linear: (distance: number) => distance, quadratic: (distance: number) => distance ** 2 };
export type KappaWeights = keyof typeof costs;

/**
 * Agreement of two judges over ordered categories beyond what chance gives: 1 is perfect, 0 is chance, below 0 is worse than chance.
 *
 * `table[i][j]` counts what the first put in category i and the second in j. `none` weighs every disagreement alike (Cohen 1960), `linear`
 * by its steps (Cohen 1968; Cicchetti and Allison 1971), `quadratic` by their square (Fleiss and Cohen 1973).
 * Null where it is not defined: nothing was judged, or both used one and the same category throughout.
 */
export function cohenKappa(table: readonly (readonly number[])[], weights: KappaWeights = 'none'): number | null {
	const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
	const columns = table.map((_, column) => table.reduce((sum, row) => sum + (row[column] ?? 0), 0));
	const total = rows.reduce((sum, count) => sum + count, 0);
	const cost = costs[weights];
	let observed = 0;
	let expected = 0;
	for (const [i, row] of table.entries()) {
		for (const [j, count] of row.entries()) {
			observed += cost(Math.abs(i - j)) * count;
			expected += (cost(Math.abs(i - j)) * (rows[i] ?? 0) * (columns[j] ?? 0)) / total;
		}
	}
	return expected > 0 ? 1 - observed / expected : null;
}

/** Counts how often each pair of categories was given, for `cohenKappa`; both numbers of a pair are whole, from 0 below `categories`. */
export function crossTable(pairs: readonly (readonly [number, number])[], categories: number): number[][] {
	const table = Array.from({ length: categories }, () => new Array<number>(categories).fill(0));
	for (const [first, second] of pairs) {
		const row = table[first];
		if (row?.[second] === undefined) throw new RangeError(`Categories are whole numbers from 0 to ${categories - 1}, not ${first} and ${second}.`);
		row[second] += 1;
	}
	return table;
}
