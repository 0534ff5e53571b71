import { expect, test } from 'vitest';
import { keyLimits, usualKeyLimits } from '#contract/accounts.ts';
import { readLimits, typedLimits, usualLimits } from './keyLimits.ts';

test('a key begins with the limits that the app gives one, and what is typed is what was there', () => {
	expect(usualLimits).toEqual(usualKeyLimits);
	const all = { requestsPerMinute: 10, streamsAtOnce: 3, tokensPerMonth: 5000 };
	expect([readLimits(typedLimits(all)), readLimits(typedLimits(usualLimits))]).toEqual([all, usualLimits]);
});

test.each([
	[{ requestsPerMinute: '0' }],
	[{ requestsPerMinute: '' }],
	[{ requestsPerMinute: '100001' }],
	[{ streamsAtOnce: '1001' }],
	[{ streamsAtOnce: '1.5' }],
	[{ streamsAtOnce: '-1' }],
	[{ tokensPerMonth: '0' }],
	[{ tokensPerMonth: '1e3' }],
	[{ tokensPerMonth: '1000000001' }],
])('%j is no limit', (typed) => {
	expect(readLimits({ ...typedLimits(usualLimits), ...typed })).toBeNull();
});

test('every limit that can be typed is one that the app takes', () => {
	const largest = readLimits({ requestsPerMinute: '100000', streamsAtOnce: ' 1000 ', tokensPerMonth: '1000000000' });
	expect(keyLimits.parse(largest)).toEqual(largest);
});
