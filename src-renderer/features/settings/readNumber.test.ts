import { expect, test } from 'vitest';
import { readNumber } from './readNumber.ts';

test.each([
	['', { most: 8 }, null],
	[' 4 ', { most: 8 }, 4],
	['9', { most: 8 }, 'wrong'],
	['0', { most: 8 }, 'wrong'],
	['1.5', { most: 8 }, 'wrong'],
	['four', { most: 8 }, 'wrong'],
	['0,5', { least: 0.1, most: 10, isFractional: true }, 0.5],
	['1.25', { least: 0.1, most: 10, isFractional: true }, 1.25],
	['0.05', { least: 0.1, most: 10, isFractional: true }, 'wrong'],
	['Infinity', { least: 0.1, most: 10, isFractional: true }, 'wrong'],
] as const)('reads %j within %j as %j', (typed, limits, read) => {
	expect(readNumber(typed, limits)).toBe(read);
});
