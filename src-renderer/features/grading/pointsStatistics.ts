/** What a class reached. Only answers that have points count: one that is not graded is no zero. */
export interface PointsStatistics {
	count: number;
	/** Both null while nothing has points. */
	average: number | null;
	median: number | null;
	/** How many reached less than a tenth of the points, less than two tenths … and nine tenths or more. */
	bands: number[];
}

/** Sums up what a class reached in a question of `outOf` points, for the strip above the desk. */
export function pointsStatistics(reached: readonly number[], outOf: number): PointsStatistics {
	const bands = Array.from({ length: 10 }, () => 0);
	for (const points of reached) {
		// Tenths of decimal points would fall into the band below by a rounding error.
		const band = Math.max(0, Math.min(9, Math.floor((points * 10) / outOf + 1e-9)));
		bands[band] = (bands[band] ?? 0) + 1;
	}
	const count = reached.length;
	if (count === 0) return { count, average: null, median: null, bands };
	const sorted = reached.toSorted((a, b) => a - b);
	const upper = sorted[Math.floor(count / 2)] ?? 0;
	const lower = sorted[Math.floor((count - 1) / 2)] ?? 0;
	return { count, average: reached.reduce((sum, points) => sum + points, 0) / count, median: (lower + upper) / 2, bands };
}
