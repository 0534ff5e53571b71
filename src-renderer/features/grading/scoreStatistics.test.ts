import { expect, test } from 'vitest';
import { scoreOf, scoreStatistics } from './scoreStatistics.ts';

test('sums up a class with average, median and bands, 100 in the last band', () => {
	expect(scoreStatistics([100, 0, 90, 55])).toEqual({ count: 4, average: 61.25, median: 72.5, bands: [1, 0, 0, 0, 0, 1, 0, 0, 0, 2] });
	expect(scoreStatistics([30, 10, 20])).toEqual({ count: 3, average: 20, median: 20, bands: [0, 1, 1, 1, 0, 0, 0, 0, 0, 0] });
});

test('a class with nothing graded has no average, not one of zero', () => {
	expect(scoreStatistics([])).toEqual({ count: 0, average: null, median: null, bands: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] });
});

test("the teacher's mark counts before the proposal, also a mark of zero", () => {
	const proposal = { score: 80, feedback: '', suggestions: [], modelName: 'm', tokens: 1, charged: null, createdAt: 1 };
	expect(scoreOf({ mark: { score: 0, feedback: '', updatedAt: 1 }, proposal })).toBe(0);
	expect(scoreOf({ mark: null, proposal })).toBe(80);
	expect(scoreOf({ mark: null, proposal: null })).toBeNull();
});
