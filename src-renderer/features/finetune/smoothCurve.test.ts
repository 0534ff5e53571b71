import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smoothCurve } from './smoothCurve.ts';

test('weighs what came before the less the longer ago it was, and passes over gaps', () => {
	expect(smoothCurve([4, null, 2, 2], 0.5).map((value) => value && Number(value.toFixed(4)))).toEqual([4, null, 2.6667, 2.2857]);
	expect(smoothCurve([3, 1, 2], 0)).toEqual([3, 1, 2]);
});

test('a smoothed curve stays between the lowest and the highest value so far, from the first on', () => {
	fc.assert(
		fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (values, keep) => {
			for (const [index, value] of smoothCurve(values, keep).entries()) {
				const before = values.slice(0, index + 1);
				expect(value).toBeGreaterThanOrEqual(Math.min(...before) - 1e-9);
				expect(value).toBeLessThanOrEqual(Math.max(...before) + 1e-9);
			}
		}),
	);
});
