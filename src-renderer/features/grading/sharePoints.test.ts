import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharePoints, stepPoints } from './sharePoints.ts';

const equal = (count: number) => Array.from({ length: count }, () => 1);

test('shares are even where they can be, else as round as they can be', () => {
	expect([sharePoints(10, equal(4)), sharePoints(100, equal(3)), sharePoints(5, equal(2)), sharePoints(2, equal(3)), sharePoints(1, [1])]).toEqual([
		[2.5, 2.5, 2.5, 2.5],
		[34, 33, 33],
		[2.5, 2.5],
		[1, 0.5, 0.5],
		[1],
	]);
});

test('what weighs more gets more, in its proportion as far as round points go', () => {
	expect([sharePoints(12, [1, 2, 3]), sharePoints(10, [1, 2, 3]), sharePoints(4, [2, 3, 3]), sharePoints(5, [1, 1, 3]), sharePoints(1, [3, 1])]).toEqual([
		[2, 4, 6],
		[2, 3, 5],
		[1, 1.5, 1.5],
		[1, 1, 3],
		[0.75, 0.25],
	]);
});

test('the shares add up to the whole to the hundredth, none is under 0, and none is under that of a smaller weight', () => {
	const weights = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 20 });
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 100_000 }), weights, (hundredths, of) => {
			const shares = sharePoints(hundredths / 100, of);
			expect(shares).toHaveLength(of.length);
			expect(shares.every((share) => share >= 0)).toBe(true);
			expect(Math.round(shares.reduce((sum, share) => sum + share, 0) * 100)).toBe(hundredths);
			// Less than a hundredth for each is shared out as it comes.
			if (hundredths < of.reduce((sum, weight) => sum + weight, 0)) return;
			const least = (weight: number) => Math.min(...shares.filter((_share, at) => of[at] === weight));
			const most = (weight: number) => Math.max(0, ...shares.filter((_share, at) => (of[at] ?? 0) < weight));
			for (const weight of of) expect(least(weight)).toBeGreaterThanOrEqual(most(weight));
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
