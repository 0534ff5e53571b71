import { expect, test } from 'vitest';
import { wilsonInterval } from './wilsonInterval.ts';

test.for([
	[81, 263, 0.2553, 0.3662],
	[15, 148, 0.0624, 0.1605],
	[0, 20, 0, 0.1611],
	[1, 29, 0.0061, 0.1718],
] as const)('gives the published interval of %i in %i', ([hits, count, low, high]) => {
	// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
	const interval = wilsonInterval(hits, count);
	expect(interval?.low).toBeCloseTo(low, 4);
	expect(interval?.high).toBeCloseTo(high, 4);
});

test('never says that five of five is certain', () => {
	expect(wilsonInterval(5, 5)?.low).toBeCloseTo(0.566, 3);
	expect(wilsonInterval(0, 0)).toBeNull();
});
