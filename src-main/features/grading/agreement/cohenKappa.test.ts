import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cohenKappa, crossTable, type KappaWeights } from './cohenKappa.ts';
import { quadraticWeightedKappa } from './quadraticWeightedKappa.ts';

/** Two psychiatrists' diagnoses, of 200 patients (Cohen 1968, table 1, as proportions). */
const cohen = [
	[88, 14, 18],
	[10, 40, 10],
	[2, 6, 12],
];
/** Bortz, Lienert and Boehnke 1990, Verteilungsfreie Methoden in der Biostatistik, p. 459. */
const bortz = [
	[53, 5, 2],
	[11, 14, 5],
	[1, 6, 3],
];
/** "Sex is fun", husbands and wives (Hout, Duncan and Sobel 1987; Agresti 1990, table 2.10); kappas as R's package vcd prints them. */
const couples = [
	[7, 7, 2, 3],
	[2, 8, 3, 7],
	[1, 5, 4, 9],
	[2, 8, 9, 14],
];
/** Two pathologists, 118 slides (Holmquist et al. 1967; Agresti 2002, table 10.8): 0.493. */
const slides = [
	[22, 2, 2, 0],
	[5, 7, 14, 0],
	[0, 2, 36, 0],
	[0, 1, 17, 10],
];

test.for([
	['Cohen 1968', cohen, 'none', 0.492],
	['Bortz 1990', bortz, 'none', 0.4286],
	['couples', couples, 'none', 0.1293],
	['couples', couples, 'linear', 0.2374],
	['slides', slides, 'none', 0.493],
	['slides', slides, 'linear', 0.6488],
	['slides', slides, 'quadratic', 0.7838],
] as const)('gives the published kappa of %s with weights %3$s', ([, table, weights, kappa]) => {
	expect(cohenKappa(table, weights)).toBeCloseTo(kappa, 3);
});

const judged = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 40 });

test('is at most 1, the same for both orders of judges and of categories, and null rather than NaN', () => {
	fc.assert(
		fc.property(judged, fc.constantFrom<KappaWeights>('none', 'linear', 'quadratic'), (pairs, weights) => {
			const kappa = cohenKappa(crossTable(pairs, 6), weights);
			const swapped = pairs.map(([a, b]) => [5 - b, 5 - a] as const);
			const other = cohenKappa(crossTable(swapped, 6), weights);
			if (kappa === null) {
				expect(other).toBeNull();
				return;
			}
			expect(kappa).toBeLessThanOrEqual(1 + 1e-12);
			expect(other).toBeCloseTo(kappa, 9);
		}),
	);
});

test('is 1 for judges who always agree and use more than one category', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.nat(5), { minLength: 2 }), fc.constantFrom<KappaWeights>('none', 'linear', 'quadratic'), (categories, weights) => {
			const pairs = categories.map((category) => [category, category] as const);
			expect(cohenKappa(crossTable(pairs, 6), weights)).toBeCloseTo(1, 12);
		}),
	);
});

test('quadratic kappa of a table is that of the marks themselves, whatever their unit', () => {
	fc.assert(
		fc.property(judged, fc.constantFrom(0.25, 1, 20), (pairs, unit) => {
			const ofMarks = quadraticWeightedKappa(pairs.map(([a, b]) => [a * unit, b * unit] as const));
			const ofTable = cohenKappa(crossTable(pairs, 6), 'quadratic');
			if (ofTable === null) {
				expect(ofMarks).toBeNull();
				return;
			}
			expect(ofMarks).toBeCloseTo(ofTable, 9);
		}),
	);
});

test('refuses a category that there is not, by name', () => {
	expect(() => crossTable([[0, 3]], 3)).toThrow('Categories are whole numbers from 0 to 2, not 0 and 3.');
});
