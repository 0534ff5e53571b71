import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeLinkage } from './completeLinkage.ts';

test('joins the five things of the published example in the published order', () => {
	// Johnson and Wichern 2007, "Applied Multivariate Statistical Analysis", example 12.5, complete linkage: distances 2 (3,5), 5 (2,4), 9 (1 to 2,4), 11 (all).
	const distances = [
		[0, 9, 3, 6, 11],
		[9, 0, 7, 5, 10],
		[3, 7, 0, 9, 2],
		[6, 5, 9, 0, 8],
		[11, 10, 2, 8, 0],
	];
	const likeness = Float32Array.from(distances.flat(), (distance) => -distance);
	const upTo = (distance: number) => completeLinkage(likeness, 5, -distance);
	expect(upTo(2)).toEqual([[0], [1], [2, 4], [3]]);
	expect(upTo(5)).toEqual([[0], [1, 3], [2, 4]]);
	expect(upTo(9)).toEqual([
		[0, 1, 3],
		[2, 4],
	]);
	expect(upTo(11)).toEqual([[0, 1, 2, 3, 4]]);
});

const symmetric = fc.integer({ min: 0, max: 9 }).chain((count) =>
	fc.array(fc.nat(10), { minLength: count ** 2, maxLength: count ** 2 }).map((values) => ({
		count,
		likeness: Float32Array.from(values, (_, place) => {
			const [row, column] = [Math.floor(place / count), place % count];
			return row === column ? 1 : (values[Math.min(row, column) * count + Math.max(row, column)] ?? 0) / 10;
		}),
	})),
);

test('puts each thing in one cluster, in which any two are like enough, and leaves no two clusters that could be one', () => {
	fc.assert(
		fc.property(symmetric, fc.constantFrom(0.3, 0.6, 0.9), ({ likeness, count }, threshold) => {
			const clusters = completeLinkage(likeness, count, Math.fround(threshold));
			const least = (places: readonly number[]) => Math.min(1, ...places.flatMap((one) => places.map((other) => likeness[one * count + other] ?? 0)));
			expect(clusters.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, place) => place));
			for (const [place, cluster] of clusters.entries()) {
				expect(least(cluster)).toBeGreaterThanOrEqual(Math.fround(threshold));
				for (const other of clusters.slice(place + 1)) expect(least([...cluster, ...other])).toBeLessThan(Math.fround(threshold));
			}
		}),
	);
});
