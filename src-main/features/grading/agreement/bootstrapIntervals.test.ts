import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bootstrapIntervals } from './bootstrapIntervals.ts';
import { pearsonOfSums } from './quadraticWeightedKappa.ts';

/** Spatial test scores of 26 children (Efron and Tibshirani 1993, table 14.1, A). */
const spatial = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];
const varianceOf = ([sum = 0, squares = 0]: Float64Array, count: number) => [squares / count - (sum / count) ** 2];

test('gives the published BCa interval of a variance', () => {
	// Efron and Tibshirani 1993, table 14.2: 171.5, 90 % BCa interval 115.8 to 259.6, where percentiles give 100.8 to 233.9; 2,000 draws vary by some 2 %.
	const [interval] = bootstrapIntervals(
		spatial.map((score) => [score, score ** 2]),
		varianceOf,
		{ confidence: 0.9 },
	);
	expect(Math.abs((interval?.low ?? 0) - 115.8)).toBeLessThan(5);
	expect(Math.abs((interval?.high ?? 0) - 259.6)).toBeLessThan(8);
});

test('follows from the data and the seed alone', () => {
	const rows = spatial.map((score) => [score, score ** 2]);
	expect(bootstrapIntervals(rows, varianceOf, { seed: 3 })).toEqual(bootstrapIntervals(rows, varianceOf, { seed: 3 }));
	expect(bootstrapIntervals(rows, varianceOf, { seed: 3 })).not.toEqual(bootstrapIntervals(rows, varianceOf, { seed: 4 }));
});

test('gives no interval where it cannot know: too few rows, no spread, or a figure that most draws leave undefined', () => {
	const meanOf = ([sum = 0]: Float64Array, count: number) => [sum / count];
	expect(bootstrapIntervals([], meanOf)).toEqual([null]);
	expect(bootstrapIntervals([[1], [2], [3], [4]], meanOf)).toEqual([null]);
	expect(bootstrapIntervals([[2], [2], [2], [2], [2], [2]], meanOf)).toEqual([null]);
	expect(bootstrapIntervals([[1], [2], [3], [4], [9]], () => [null])).toEqual([null]);
});

test('holds ends in order and within what the figure can be', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 5, maxLength: 30 }), (pairs) => {
			const rows = pairs.map(([x, y]) => [x, y, x * x, y * y, x * y]);
			const [interval] = bootstrapIntervals(rows, ([x = 0, y = 0, xx = 0, yy = 0, xy = 0], count) => [pearsonOfSums({ count, x, y, xx, yy, xy })], {
				resamples: 200,
			});
			if (interval === null || interval === undefined) return;
			expect(interval.low).toBeGreaterThanOrEqual(-1);
			expect(interval.high).toBeGreaterThanOrEqual(interval.low);
			expect(interval.high).toBeLessThanOrEqual(1);
		}),
		{ numRuns: 40 },
	);
});
