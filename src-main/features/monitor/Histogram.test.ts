import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Histogram } from './Histogram.ts';

const values = fc.array(fc.oneof(fc.nat(2 ** 31 - 1), fc.nat(100), fc.nat(60_000)), { minLength: 1, maxLength: 300 });
const of = (numbers: readonly number[]) => {
	const histogram = new Histogram();
	for (const number of numbers) histogram.record(number);
	return histogram;
};
const percentiles = (histogram: Histogram) => [0, 0.5, 0.9, 0.95, 0.99, 1].map((fraction) => histogram.percentile(fraction));

test('a percentile is off by at most 1/32 of itself, and not at all below 32', () => {
	fc.assert(
		fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (numbers, fraction) => {
			const exact = numbers.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(fraction * numbers.length)) - 1] ?? 0;
			const told = of(numbers).percentile(fraction) ?? Number.NaN;
			expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact < 32 ? 0 : exact / 32);
		}),
	);
});

test('put together in any parts, and written and read in between, it tells the same', () => {
	fc.assert(
		fc.property(values, values, (some, others) => {
			const joined = Histogram.decode(of(some).encode());
			joined.merge(Histogram.decode(of(others).encode()));
			const whole = of([...some, ...others]);
			expect([percentiles(joined), joined.count]).toEqual([percentiles(whole), whole.count]);
		}),
	);
});

test('is empty without values, takes what is out of its range as the nearest within, and stays small', () => {
	expect([new Histogram().percentile(0.5), new Histogram().count, new Histogram().encode().length]).toEqual([null, 0, 0]);
	const odd = of([-5, 1e12, 0.4]);
	expect([odd.percentile(0), odd.count]).toEqual([0, 3]);
	expect(odd.percentile(1)).toBeGreaterThan(2 ** 31 / 1.04);
	const full = of(Array.from({ length: 200_000 }, (_, n) => 1.0001 ** n));
	expect(full.encode().length).toBeLessThan(448 * 5);
});

test('reads any bytes as some histogram', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
			const read = Histogram.decode(bytes);
			expect(Histogram.decode(read.encode()).count).toBe(read.count);
		}),
	);
});
