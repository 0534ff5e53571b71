import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attitude } from './attitude.test-support.ts';
import { cronbachAlpha } from './cronbachAlpha.ts';

test('gives the published alpha of the attitude survey', () => {
	// R's package psych, `alpha(attitude)`: raw_alpha 0.843.
	expect(cronbachAlpha(attitude)).toBeCloseTo(0.843, 3);
});

const scores = fc.array(fc.array(fc.nat(10), { minLength: 3, maxLength: 3 }), { maxLength: 12 });

test('is at most 1, the same in any order of students and unit of points, and null rather than NaN', () => {
	fc.assert(
		fc.property(scores, (rows) => {
			const alpha = cronbachAlpha(rows);
			const other = cronbachAlpha(rows.toReversed().map((row) => row.map((score) => score * 5)));
			if (alpha === null) {
				expect(other).toBeNull();
				return;
			}
			expect(alpha).toBeLessThanOrEqual(1 + 1e-9);
			expect(other).toBeCloseTo(alpha, 9);
		}),
	);
});

test('is 1 where every question says the same', () => {
	expect(cronbachAlpha([1, 4, 2, 5].map((score) => [score, score, score]))).toBeCloseTo(1, 12);
	expect(cronbachAlpha([[1, 2]])).toBeNull();
	expect(cronbachAlpha([[1], [2]])).toBeNull();
});
