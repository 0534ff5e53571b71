import { expect, test } from 'vitest';
import { pointsStatistics } from './pointsStatistics.ts';

test('sums up a class with average, median and bands, full points in the last band', () => {
	expect(pointsStatistics([100, 0, 90, 55], 100)).toEqual({ count: 4, average: 61.25, median: 72.5, bands: [1, 0, 0, 0, 0, 1, 0, 0, 0, 2] });
	expect(pointsStatistics([1.5, 0.5, 1], 5)).toEqual({ count: 3, average: 1, median: 1, bands: [0, 1, 1, 1, 0, 0, 0, 0, 0, 0] });
	expect(pointsStatistics([0.7], 1).bands).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
});

test('a class with nothing graded has no average, not one of zero', () => {
	expect(pointsStatistics([], 10)).toEqual({ count: 0, average: null, median: null, bands: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] });
});
