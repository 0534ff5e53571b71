import type { ClassAnalysis, Distribution, ItemAnalysis } from '#contract/agreement.ts';
import { cronbachAlpha } from './cronbachAlpha.ts';
import { pearson } from './quadraticWeightedKappa.ts';
import { quantile } from './quantile.ts';
import { deviation, mean } from './variance.ts';

/** What part of a class its best and its last are (Kelley 1939, "The selection of upper and lower groups for the validation of test items"). */
const extremeFraction = 0.27;

/**
 * Tells how each question of an assignment did, and how the class did: classical test theory, with no assumption about the answers.
 *
 * `scores[student][question]` in points, null where there is no mark; `outOf[question]` in points, above 0. A question's difficulty and spread
 * are over the students that have a mark for it; whatever sets it beside the other questions, and the distribution of the sums, are over
 * the students with a mark for every question. What is not defined for so few, or without spread, is null.
 */
export function analyseItems(scores: readonly (readonly (number | null)[])[], outOf: readonly number[]): ClassAnalysis {
	const complete = scores.flatMap((row) => {
		const marks = outOf.map((_, question) => row[question] ?? null);
		return marks.every((mark) => mark !== null) ? [marks] : [];
	});
	const sums = complete.map((row) => sumOf(row));
	return {
		items: outOf.map((points, question) => analyseItem(scores, complete, sums, question, points)),
		alpha: cronbachAlpha(complete),
		distribution: distributionOf(sums, sumOf(outOf)),
	};
}

function analyseItem(
	scores: readonly (readonly (number | null)[])[],
	complete: readonly (readonly number[])[],
	sums: readonly number[],
	question: number,
	points: number,
): ItemAnalysis {
	const marks = scores.map((row) => row[question] ?? null).filter((mark) => mark !== null);
	const own = complete.map((row) => row[question] ?? 0);
	const others = complete.map((row) => row.filter((_, index) => index !== question));
	const average = mean(marks);
	return {
		count: marks.length,
		difficulty: average === null ? null : average / points,
		deviation: deviation(marks),
		itemRestCorrelation: pearson(own.map((mark, student) => [mark, sumOf(others[student] ?? [])] as const)),
		upperLowerIndex: upperLowerIndex(own, sums, points),
		alphaIfDeleted: cronbachAlpha(others),
	};
}

/**
 * How much better the best 27 % of students by their sum did than the last 27 % (Kelley 1939; for points: Whitney and Sabers 1970), as a
 * fraction of the points. Students that share the sum at a group's edge each count to it in part, so that the order of a list decides nothing.
 */
function upperLowerIndex(marks: readonly number[], sums: readonly number[], points: number): number | null {
	const size = Math.round(extremeFraction * marks.length);
	const spread = Math.max(...sums) - Math.min(...sums);
	if (size === 0 || spread < 1e-9) return null;
	const upper = meanOfBest(marks, sums, size);
	const lower = meanOfBest(
		marks,
		sums.map((sum) => -sum),
		size,
	);
	return (upper - lower) / points;
}

function meanOfBest(marks: readonly number[], sums: readonly number[], size: number): number {
	const edge = sums.toSorted((a, b) => b - a)[size - 1] ?? 0;
	const above = marks.filter((_, student) => (sums[student] ?? 0) > edge + 1e-9);
	const atEdge = marks.filter((_, student) => Math.abs((sums[student] ?? 0) - edge) <= 1e-9);
	return (sumOf(above) + (size - above.length) * (mean(atEdge) ?? 0)) / size;
}

/** Ten bins from 0 to all points. */
function distributionOf(sums: readonly number[], top: number): Distribution {
	const sorted = sums.toSorted((a, b) => a - b);
	const edge = (bin: number) => (bin * top) / 10;
	const counts = new Array<number>(10).fill(0);
	for (const sum of sorted) {
		// The margin is for sums of hundredths, which may come out a bit below the edge that they are at.
		const bin = Math.max(0, Math.min(9, Math.floor((sum / top) * 10 + 1e-9)));
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	return {
		count: sorted.length,
		bins: counts.map((count, bin) => ({ low: edge(bin), high: edge(bin + 1), count })),
		mean: mean(sorted),
		deviation: deviation(sorted),
		lowest: sorted[0] ?? null,
		lowerQuartile: quantile(sorted, 0.25),
		median: quantile(sorted, 0.5),
		upperQuartile: quantile(sorted, 0.75),
		highest: sorted.at(-1) ?? null,
	};
}

function sumOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}
