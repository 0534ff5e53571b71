import { expect, test } from 'vitest';
import { pearson, quadraticWeightedKappa } from './quadraticWeightedKappa.ts';

const pairs = (first: number[], second: number[]) => first.map((mark, index) => [mark, second[index] ?? Number.NaN] as const);

/** Anxiety of 20 persons by two raters, 1 to 6 (R's package irr, data set `anxiety`; `kappa2(anxiety[,1:2], "squared")` gives 0.297). */
const anxiety = pairs([3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3], [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4]);
/** The law school data: LSAT and grades of 15 schools (Efron and Tibshirani 1993, table 3.1), whose correlation is 0.776. */
const schools = pairs(
	[576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594],
	[3.39, 3.3, 2.81, 3.03, 3.44, 3.07, 3.0, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96],
);

test('gives the published kappas', () => {
	expect(quadraticWeightedKappa(anxiety)).toBeCloseTo(0.297, 3);
	// The examples of R's package Metrics, ScoreQuadraticWeightedKappa.
	expect(quadraticWeightedKappa(pairs([1, 2, 1], [1, 2, 2]))).toBeCloseTo(0.4, 12);
	expect(quadraticWeightedKappa(pairs([1, 2, 3, 1, 2, 3], [1, 2, 3, 1, 3, 2]))).toBeCloseTo(0.75, 12);
});

test('gives the published correlation', () => {
	expect(pearson(schools)).toBeCloseTo(0.776, 3);
});

test('is null without spread, also where sums of decimals do not cancel to the bit', () => {
	const flat = Array.from({ length: 7 }, () => [0.1, 0.1] as const);
	expect([quadraticWeightedKappa([]), quadraticWeightedKappa(flat), pearson(flat), pearson([[1, 2]])]).toEqual([null, null, null, null]);
	expect(quadraticWeightedKappa(pairs([1, 1, 1], [2, 2, 2]))).toBe(0);
});
