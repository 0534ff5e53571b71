import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreement } from '#contract/agreement.ts';
import { agreementOf } from './agreementOf.ts';

const tenPoints = { kind: 'points', outOf: 10 } as const;
const marks = fc.array(
	fc.record({ teacher: fc.nat(40), model: fc.nat(40) }).map(({ teacher, model }) => ({ teacher: teacher / 4, model: model / 4 })),
	{
		maxLength: 25,
	},
);

test('says every figure of a small class', () => {
	const pairs = [
		[10, 10],
		[8, 7],
		[5, 8],
		[4, 4.5],
		[0, 0],
		[7, 9],
	].map(([teacher = 0, model = 0]) => ({ teacher, model }));
	const found = agreementOf(pairs, tenPoints);
	expect({
		count: found.count,
		exact: found.exact.value,
		adjacent: found.adjacent.value,
		mean: found.meanAbsoluteError.value,
		bias: found.bias.value,
		middle: [found.middleBand.count, found.middleBand.meanAbsoluteError.value],
	}).toEqual({ count: 6, exact: 2 / 6, adjacent: 4 / 6, mean: 6.5 / 6, bias: 4.5 / 6, middle: [3, 5.5 / 3] });
	expect(found.confusion.bands[0]).toEqual({ low: 0, high: 1 });
	expect(found.confusion.bands[4]).toEqual({ low: 4.01, high: 5 });
	expect(found.confusion.counts[4]?.[7]).toBe(1);
	expect(found.meanAbsoluteError.interval?.low).toBeLessThan(6.5 / 6);
	expect(found.meanAbsoluteError.interval?.high).toBeGreaterThan(6.5 / 6);
});

test('shows up the lenient grader that always says 80, whom the mean error alone would praise', () => {
	const pairs = [95, 90, 85, 80, 75, 70, 100, 88, 60, 40].map((teacher) => ({ teacher, model: 80 }));
	const found = agreementOf(pairs, { kind: 'points', outOf: 100 });
	expect(found.meanAbsoluteError.value).toBeLessThan(15);
	expect(found.pearson.value).toBeNull();
	expect(found.qwk.value).toBeCloseTo(0, 1);
	expect(found.middleBand.meanAbsoluteError.value).toBeGreaterThan(20);
});

test('has no figure where there is none, and claims no certainty of five that agree', () => {
	const empty = agreementOf([], tenPoints);
	expect([empty.exact, empty.meanAbsoluteError, empty.qwk]).toEqual(Array.from({ length: 3 }, () => ({ value: null, interval: null })));
	const perfect = agreementOf(
		[0, 3, 5, 8, 10].map((points) => ({ teacher: points, model: points })),
		tenPoints,
	);
	expect(perfect.qwk).toEqual({ value: 1, interval: null });
	expect(perfect.meanAbsoluteError).toEqual({ value: 0, interval: null });
	expect(perfect.exact.interval?.low).toBeCloseTo(0.566, 3);
});

test('counts every pair once in the confusion, also marks beyond the points', () => {
	fc.assert(
		fc.property(
			fc.array(fc.record({ teacher: fc.integer({ min: -3, max: 14 }), model: fc.integer({ min: -3, max: 14 }) })),
			fc.constantFrom(5, 10, 37),
			(pairs, outOf) => {
				const { counts, bands } = agreementOf(pairs, { kind: 'points', outOf }, { resamples: 10 }).confusion;
				expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(pairs.length);
				expect(bands.at(-1)?.high).toBe(outOf);
			},
		),
		{ numRuns: 30 },
	);
});

test('bounds its figures by one another, has no NaN, and is what the contract says, whatever the marks', () => {
	fc.assert(
		fc.property(marks, (pairs) => {
			const found = agreementOf(pairs, tenPoints, { resamples: 50 });
			expect(agreement.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
			if (found.exact.value === null || found.adjacent.value === null) {
				expect(pairs).toEqual([]);
				return;
			}
			expect(found.exact.value).toBeLessThanOrEqual(found.adjacent.value);
			expect(Math.abs(found.bias.value ?? 0)).toBeLessThanOrEqual((found.meanAbsoluteError.value ?? 0) + 1e-9);
		}),
		{ numRuns: 40 },
	);
});

test('turns the sign of the bias, and nothing else, where teacher and model change places', () => {
	fc.assert(
		fc.property(marks, (pairs) => {
			const found = agreementOf(pairs, tenPoints, { resamples: 10 });
			const turned = agreementOf(
				pairs.map(({ teacher, model }) => ({ teacher: model, model: teacher })),
				tenPoints,
				{ resamples: 10 },
			);
			expect([turned.exact.value, turned.qwk.value ?? -9, turned.pearson.value ?? -9]).toEqual([
				found.exact.value,
				expect.closeTo(found.qwk.value ?? -9, 9),
				expect.closeTo(found.pearson.value ?? -9, 9),
			]);
			expect(turned.bias.value ?? 0).toBeCloseTo(-(found.bias.value ?? 0), 9);
		}),
		{ numRuns: 30 },
	);
});
