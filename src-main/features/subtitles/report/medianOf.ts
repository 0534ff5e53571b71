/** The middle of some numbers; NaN of none. */
export function medianOf(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length / 2;
	return sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/**
 * How far numbers lie from their middle, as a standard deviation would say it, but so that a few wild ones change nothing: the median absolute
 * deviation times 1.4826 (Rousseeuw and Croux 1993).
 */
export function robustDeviation(values: readonly number[]): number {
	const middle = medianOf(values);
	return 1.4826 * medianOf(values.map((value) => Math.abs(value - middle)));
}
