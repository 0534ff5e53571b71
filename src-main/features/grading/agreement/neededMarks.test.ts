import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neededMarks } from './neededMarks.ts';

const off = (errors: number[]) => errors.map((error) => ({ teacher: 50, model: 50 + error }));

test('works out the sample size by hand', () => {
	// Ten errors with a deviation of 8.165 points of 100; t for 9 degrees is 2.262: (2.262 × 8.165 / 5)² = 13.65, which of 40 answers needs 13.65 / 1.341 = 10.2.
	const pairs = off([0, 20, 5, 10, 20, 0, 15, 5, 20, 5]);
	expect(neededMarks(pairs, 100, 1_000_000)).toMatchObject({ marked: 10, more: 4, wantedHalfWidth: 5 });
	expect(neededMarks(pairs, 100, 40)).toMatchObject({ marked: 10, more: 1 });
});

test('does not take five perfect proposals for proof, and a dozen for enough', () => {
	expect(neededMarks(off([0, 0, 0, 0, 0]), 10, 100).more).toBeGreaterThan(10);
	expect(neededMarks(off(new Array(13).fill(0)), 10, 100).more).toBe(0);
});

test('says that it cannot say, below three marks', () => {
	expect(neededMarks(off([1, 2]), 10, 40)).toEqual({ marked: 2, more: null, halfWidth: null, wantedHalfWidth: 0.5 });
});

test('never asks for more than there is, and asks for nothing only where the mean is known closely enough', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(100), { minLength: 3, maxLength: 60 }), fc.nat(200), (errors, others) => {
			const found = neededMarks(off(errors), 100, errors.length + others);
			expect(found.more).toBeLessThanOrEqual(others);
			expect(found.more === 0).toBe((found.halfWidth ?? 0) <= found.wantedHalfWidth + 1e-9 || others === 0);
		}),
	);
});

test('asks for no fewer where errors spread more', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(30), { minLength: 3, maxLength: 30 }), (errors) => {
			const wider = neededMarks(off(errors.map((error) => error * 2)), 100, 500);
			expect(wider.more).toBeGreaterThanOrEqual(neededMarks(off(errors), 100, 500).more ?? 0);
		}),
	);
});
