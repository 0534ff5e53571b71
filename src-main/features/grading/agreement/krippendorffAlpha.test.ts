import fc from 'fast-check';
import { expect, test } from 'vitest';
import { krippendorffAlpha, type Measurement } from './krippendorffAlpha.ts';

const none = null;
/** Four observers, twelve units (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C and D). */
const observers = [
	[1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none],
	[1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3],
	[none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none],
	[1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none],
];

test.for([
	['nominal', 0.743],
	['ordinal', 0.815],
	['interval', 0.849],
] as const)('gives the published %s alpha', ([measurement, alpha]) => {
	expect(krippendorffAlpha(observers, measurement)).toBeCloseTo(alpha, 3);
});

test('gives the published alpha of two observers and ten units', () => {
	// Krippendorff 2011, section A: binary data, 0.095.
	const meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
	const owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
	expect(krippendorffAlpha([meg, owen], 'nominal')).toBeCloseTo(0.095, 3);
});

const ratings = fc.array(fc.array(fc.option(fc.nat(4)), { minLength: 8, maxLength: 8 }), { minLength: 2, maxLength: 4 });
const measurements = fc.constantFrom<Measurement>('nominal', 'ordinal', 'interval');

test('is at most 1, the same whoever is named first, and null rather than NaN', () => {
	fc.assert(
		fc.property(ratings, measurements, (judges, measurement) => {
			const alpha = krippendorffAlpha(judges, measurement);
			const other = krippendorffAlpha(judges.toReversed(), measurement);
			if (alpha === null) {
				expect(other).toBeNull();
				return;
			}
			expect(alpha).toBeLessThanOrEqual(1);
			expect(other).toBeCloseTo(alpha, 9);
		}),
	);
});

test('is null where no unit has two judges', () => {
	expect(
		krippendorffAlpha(
			[
				[1, null],
				[null, 2],
			],
			'interval',
		),
	).toBeNull();
	expect(krippendorffAlpha([], 'nominal')).toBeNull();
});
