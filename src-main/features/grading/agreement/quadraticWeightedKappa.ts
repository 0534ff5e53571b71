/** Sums over pairs of marks, of which kappa and correlation are made: of x, y, their squares and their products. */
export interface MarkSums {
	count: number;
	x: number;
	y: number;
	xx: number;
	yy: number;
	xy: number;
}

/**
 * Quadratic weighted kappa of two judges' marks: 1 is perfect, 0 is what chance gives.
 *
 * Taken from the marks themselves, so that it needs no categories: with weights of the squared difference kappa is
 * 1 - mean (x-y)² / (var x + var y + (mean x - mean y)²) (Fleiss and Cohen 1973, who show it to be the intraclass correlation).
 * For marks in even steps it is what `cohenKappa` gives for the table of them. Null where both gave one and the same mark throughout.
 */
export function quadraticWeightedKappa(pairs: readonly (readonly [number, number])[]): number | null {
	return kappaOfSums(sumMarks(pairs));
}

/** Pearson's correlation of two judges' marks; null with fewer than two, or where one of them gave the same mark throughout. */
export function pearson(pairs: readonly (readonly [number, number])[]): number | null {
	return pearsonOfSums(sumMarks(pairs));
}

/** The sums of `quadraticWeightedKappa` and `pearson`, for who changes them step by step. */
function sumMarks(pairs: readonly (readonly [number, number])[]): MarkSums {
	const sums: MarkSums = { count: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
	for (const [x, y] of pairs) {
		sums.count += 1;
		sums.x += x;
		sums.y += y;
		sums.xx += x * x;
		sums.yy += y * y;
		sums.xy += x * y;
	}
	return sums;
}

/** As `quadraticWeightedKappa`, from sums. */
export function kappaOfSums({ count, x, y, xx, yy, xy }: MarkSums): number | null {
	const expected = xx + yy - (2 * x * y) / count;
	// Sums of hundredths that cancel leave some 1e-16 of their size, which is no spread.
	return expected > 1e-9 * (xx + yy) ? 1 - (xx + yy - 2 * xy) / expected : null;
}

/** As `pearson`, from sums. */
export function pearsonOfSums({ count, x, y, xx, yy, xy }: MarkSums): number | null {
	const spreadX = xx - (x * x) / count;
	const spreadY = yy - (y * y) / count;
	if (!(count >= 2 && spreadX > 1e-9 * xx && spreadY > 1e-9 * yy)) return null;
	return Math.max(-1, Math.min(1, (xy - (x * y) / count) / Math.sqrt(spreadX * spreadY)));
}
