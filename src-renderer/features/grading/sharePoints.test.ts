import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharePoints, stepPoints } from './sharePoints.ts';

test('shares are even where they can be, else as round as they can be', () => {
	expect([sharePoints(10, 4), sharePoints(100, 3), sharePoints(5, 2), sharePoints(2, 3), sharePoints(1, 1)]).toEqual([
		[2.5, 2.5, 2.5, 2.5],
		[34, 33, 33],
		[2.5, 2.5],
		[1, 0.5, 0.5],
		[1],
	]);
});

test('the shares add up to the whole and none is under 0', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 20 }), (hundredths, count) => {
			const shares = sharePoints(hundredths / 100, count);
			expect(shares).toHaveLength(count);
			expect(shares.every((share) => share >= 0)).toBe(true);
			expect(Math.round(shares.reduce((sum, share) => sum + share, 0) * 100)).toBe(hundredths);
		}),
	);
});

test('levels fall from all to nothing', () => {
	expect([stepPoints(10, 3), stepPoints(10, 4), stepPoints(3, 3), stepPoints(100, 4), stepPoints(1, 2)]).toEqual([
		[10, 5, 0],
		[10, 6.75, 3.25, 0],
		[3, 1.5, 0],
		[100, 67, 33, 0],
		[1, 0],
	]);
});
