import { expect, test } from 'vitest';
import { timeLeftMs } from './timeLeftMs.ts';

/** Points whose times lie these milliseconds apart. */
const stepped = (gaps: readonly number[]) => [0, ...gaps].map((_gap, step) => ({ step, at: 1000 + gaps.slice(0, step).reduce((sum, gap) => sum + gap, 0) }));

test('tells the time left by the middle step, so that a night of pause does not count', () => {
	expect(timeLeftMs(stepped([200, 200, 30_000_000, 220, 200]), 15)).toBe(2000);
});

test('knows nothing before two steps, nor without their number', () => {
	expect([timeLeftMs([], 10), timeLeftMs([{ step: 1, at: 5 }], 10), timeLeftMs(stepped([100]), null), timeLeftMs(stepped([100]), 1)]).toEqual([
		null,
		null,
		null,
		0,
	]);
});
