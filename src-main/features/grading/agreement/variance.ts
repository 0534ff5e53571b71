/** Mean; null of nothing. */
export function mean(values: readonly number[]): number | null {
	return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Variance of the population that the values were drawn from (divided by one less than their number); null with fewer than two. */
export function variance(values: readonly number[]): number | null {
	const centre = mean(values);
	if (centre === null || values.length < 2) return null;
	return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

/** Standard deviation, the root of `variance`. */
export function deviation(values: readonly number[]): number | null {
	const squared = variance(values);
	return squared === null ? null : Math.sqrt(squared);
}
