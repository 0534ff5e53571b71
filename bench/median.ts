/** The middle one of `values` (of an even count, the upper of the two). Throws on an empty list. */
export function median(values: readonly number[]): number {
	return percentile(values, 0.5);
}

/** The value that a share of `fraction` (0..1) of `values` does not exceed, by nearest rank. Throws on an empty list. */
export function percentile(values: readonly number[], fraction: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	const at = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))];
	if (at === undefined) throw new Error('no values');
	return at;
}
