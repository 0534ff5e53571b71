import fc from 'fast-check';
import { expect, test } from 'vitest';
import { points } from '#contract/rubric.ts';
import { parsePoints } from './parsePoints.ts';

test('takes halves and quarters with a comma, a dot, full-width or as their sign', () => {
	expect(['7.5', '7,5', '７．５', '７，５', '7½', '½', '1¼', ' 0,25 ', '.5', '-2', '−0,5', '100'].map(parsePoints)).toEqual([
		7.5, 7.5, 7.5, 7.5, 7.5, 0.5, 1.25, 0.25, 0.5, -2, -0.5, 100,
	]);
});

test('takes nothing that is no points: words, thirds of a hundredth, too many', () => {
	expect(['', '-', 'A', '1e1', '1.005', '1,2,3', '1001', '7.5.1', 'Infinity', '0x10'].map(parsePoints)).toEqual(Array(10).fill(Number.NaN));
});

test('whatever it takes, the contract takes, too', () => {
	const typed = fc.oneof(fc.string(), fc.double({ min: -2000, max: 2000, noNaN: true }).map(String), fc.stringMatching(/^-?\d{0,5}[.,]?\d{0,3}$/));
	fc.assert(
		fc.property(typed, (text) => {
			const read = parsePoints(text);
			expect(Number.isNaN(read) || points.safeParse(read).success).toBe(true);
		}),
	);
});
