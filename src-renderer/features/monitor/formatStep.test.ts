import { expect, test } from 'vitest';
import { formatStep, namedSteps } from './formatStep.ts';

const at = new Date(2026, 10, 18, 14, 5).getTime();
const dayMs = 86_400_000;

test.each([
	[60_000, false, 'en-GB', '14:05'],
	[900_000, true, 'en-GB', '18 Nov, 14:05'],
	[6 * 3_600_000, false, 'en-GB', '18 Nov'],
	[6 * 3_600_000, true, 'en-GB', '18 Nov, 14:05'],
	[7 * dayMs, true, 'en-GB', '18 Nov 2026'],
	[7 * dayMs, false, 'zh', '11月18日'],
] as const)('a step of %i ms is named by what tells it apart', (stepMs, isWhole, language, name) => {
	expect(formatStep(at, stepMs, language, isWhole)).toBe(name);
});

test.each([1, 8, 9, 60, 96, 124])('of %i steps at most nine are named, the first among them', (count) => {
	const isNamed = namedSteps(count);
	const named = Array.from({ length: count }, (_, index) => index).filter(isNamed);
	expect([named[0], named.length <= 9]).toEqual([0, true]);
});
