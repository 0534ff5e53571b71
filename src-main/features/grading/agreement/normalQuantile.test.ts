import { expect, test } from 'vitest';
import { normalFraction, normalQuantile, studentQuantile } from './normalQuantile.ts';

test('gives the points of the printed tables', () => {
	// Abramowitz and Stegun 1964, tables 26.1 and 26.5.
	for (const [fraction, z] of [
		[0.5, 0],
		[0.975, 1.959964],
		[0.95, 1.644854],
		[0.995, 2.575829],
		[0.0005, -3.290527],
		[1e-15, -7.941345],
	] as const) {
		expect(normalQuantile(fraction)).toBeCloseTo(z, 5);
		expect(normalFraction(z)).toBeCloseTo(fraction, 6);
	}
});

test('gives the points of Student’s distribution to 1 %', () => {
	// Student's t, two-sided 5 %: Abramowitz and Stegun 1964, table 26.10.
	for (const [degrees, t] of [
		[2, 4.303],
		[4, 2.776],
		[9, 2.262],
		[29, 2.045],
	] as const)
		expect(Math.abs(studentQuantile(0.975, degrees) / t - 1)).toBeLessThan(0.01);
});
