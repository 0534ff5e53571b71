/**
 * The value below which a fraction of the sorted values lies, on the line between its two neighbours (Hyndman and Fan 1996, "Sample Quantiles
 * in Statistical Packages", definition 7, that of R and of spreadsheets). Null of nothing.
 */
export function quantile(sorted: ArrayLike<number>, fraction: number): number | null {
	if (sorted.length === 0) return null;
	const place = Math.max(0, Math.min(1, fraction)) * (sorted.length - 1);
	const low = sorted[Math.floor(place)] ?? 0;
	const high = sorted[Math.ceil(place)] ?? 0;
	return low + (high - low) * (place - Math.floor(place));
}
