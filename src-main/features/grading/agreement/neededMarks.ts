import type { NeededMarks } from '#contract/agreement.ts';
import type { MarkPair } from './agreementOf.ts';
import { studentQuantile } from './normalQuantile.ts';
import { deviation } from './variance.ts';

export interface NeededMarksOptions {
	/** How closely the mean error must be known, as a fraction of the points, to either side; 0.05 unless given: half a point of ten. */
	halfWidthFraction?: number;
}

/** With fewer marks the spread of the errors is anybody's guess. */
const fewestMarks = 3;

/**
 * Tells how many more answers of `inAll` the teacher has to mark until the model's mean absolute error is known, at 95 %, to
 * the wanted half-width.
 *
 * Stein's two-stage sample size n = (t · s / h)², t being Student's quantile for the marks that there are, so that a spread seen in five of them is not taken for
 * sure (Stein 1945, "A two-sample test for a linear hypothesis whose power is independent of the variance"), made less for a class that has an
 * end, n / (1 + n / N) (Cochran 1977, "Sampling Techniques", formula 4.2). It assumes that the marked answers were drawn by chance: who marks
 * the easy ones first learns less. The spread is never taken for less than if one more answer had been off by a quarter of the points, so
 * that a handful of perfect proposals does not end the count: with none wrong, eleven of 200 are enough.
 */
export function neededMarks(pairs: readonly MarkPair[], outOf: number, inAll: number, { halfWidthFraction = 0.05 }: NeededMarksOptions = {}): NeededMarks {
	const wantedHalfWidth = halfWidthFraction * outOf;
	const marked = pairs.length;
	if (marked < fewestMarks) return { marked, more: null, halfWidth: null, wantedHalfWidth };
	const spread = spreadOf(pairs, outOf);
	const t = studentQuantile(0.975, marked - 1);
	const population = Math.max(inAll, marked);
	const needed = ((t * spread) / wantedHalfWidth) ** 2;
	const total = Math.min(population, Math.ceil(needed / (1 + needed / population)));
	const halfWidth = t * spread * Math.sqrt((1 / marked) * (1 - marked / population));
	return { marked, more: Math.max(0, total - marked), halfWidth, wantedHalfWidth };
}

function spreadOf(pairs: readonly MarkPair[], outOf: number): number {
	const errors = pairs.map(({ teacher, model }) => Math.abs(model - teacher));
	const leastSpread = deviation([...errors.map(() => 0), outOf / 4]) ?? 0;
	return Math.max(deviation(errors) ?? 0, leastSpread);
}
