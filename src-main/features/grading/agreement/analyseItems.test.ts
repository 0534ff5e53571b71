import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classAnalysis } from '#contract/agreement.ts';
import { analyseItems } from './analyseItems.ts';
import { attitude } from './attitude.test-support.ts';

const rounded = (values: (number | null)[], digits: number) => values.map((value) => Number(value?.toFixed(digits)));

test('gives the published item statistics of the attitude survey', () => {
	// R's package psych, `alpha(attitude)`: raw_alpha of `alpha.drop`; mean, sd and r.drop of `item.stats`.
	const { items, alpha } = analyseItems(attitude, new Array(7).fill(100));
	expect({
		alpha: rounded([alpha], 3),
		difficulty: rounded(
			items.map((item) => item.difficulty),
			2,
		),
		deviation: rounded(
			items.map((item) => item.deviation),
			1,
		),
		correlation: rounded(
			items.map((item) => item.itemRestCorrelation),
			2,
		),
		alphaIfDeleted: rounded(
			items.map((item) => item.alphaIfDeleted),
			3,
		),
	}).toEqual({
		alpha: [0.843],
		difficulty: [0.65, 0.67, 0.53, 0.56, 0.65, 0.75, 0.43],
		deviation: [12.2, 13.3, 12.2, 11.7, 10.4, 9.9, 10.3],
		correlation: [0.67, 0.74, 0.56, 0.71, 0.79, 0.27, 0.46],
		alphaIfDeleted: [0.81, 0.797, 0.828, 0.803, 0.795, 0.864, 0.84],
	});
});

test('gives the published summary of a distribution', () => {
	// R, `summary(attitude$rating)`: 40.00 58.75 65.50 64.63 71.75 85.00.
	const { distribution } = analyseItems(
		attitude.map((row) => [row[0] ?? null]),
		[100],
	);
	expect([distribution.lowest, distribution.lowerQuartile, distribution.median, distribution.upperQuartile, distribution.highest]).toEqual([
		40, 58.75, 65.5, 71.75, 85,
	]);
	expect(distribution.mean).toBeCloseTo(64.63, 2);
	expect(distribution.bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 4, 4, 12, 6, 4, 0]);
});

/** A hundred students in the order of their ability, told by the other question; who solves this one is given. */
const hundred = (solves: (rank: number) => boolean) => Array.from({ length: 100 }, (_, rank) => [solves(rank) ? 1 : 0, 100 - rank]);
const indexOf = (solves: (rank: number) => boolean) => analyseItems(hundred(solves), [1, 100]).items[0]?.upperLowerIndex;

test('gives the published greatest discrimination for how easy a question is', () => {
	// Tristan Lopez 1998, "The Item Discrimination Index: Does it Work?", Rasch Measurement Transactions 12:1, p. 626: of a question that a share p solves it
	// is 1 for p of 0.27 to 0.73, p / 0.27 below, and (1 - p) / 0.27 above.
	expect(indexOf((rank) => rank < 50)).toBeCloseTo(1, 9);
	expect(indexOf((rank) => rank < 20)).toBeCloseTo(0.2 / 0.27, 9);
	expect(indexOf((rank) => rank < 90)).toBeCloseTo(0.1 / 0.27, 9);
	expect(indexOf((rank) => rank >= 50)).toBeCloseTo(-1, 9);
});

test('shares a place at the edge of a group among all who tie for it', () => {
	// The best 27 % of four are one; three tie for the place, and one of them has solved it.
	const scores = [
		[1, 1],
		[0, 2],
		[0, 2],
		[0, 0],
	];
	for (const order of [scores, scores.toReversed()]) expect(analyseItems(order, [1, 2]).items[0]?.upperLowerIndex).toBeCloseTo(1 / 3, 12);
});

const points = fc.option(fc.integer({ min: -4, max: 20 }).map((quarters) => quarters / 4));

test('has no NaN, loses no student, and is the same in any order of the list', () => {
	fc.assert(
		fc.property(fc.array(fc.array(points, { minLength: 3, maxLength: 3 }), { maxLength: 15 }), (scores) => {
			const found = analyseItems(scores, [5, 5, 2]);
			expect(classAnalysis.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
			const complete = scores.filter((row) => !row.includes(null)).length;
			expect([found.distribution.count, found.distribution.bins.reduce((sum, { count }) => sum + count, 0)]).toEqual([complete, complete]);
			const turned = analyseItems(scores.toReversed(), [5, 5, 2]);
			for (const [question, item] of found.items.entries()) {
				expect(item.upperLowerIndex ?? 9).toBeCloseTo(turned.items[question]?.upperLowerIndex ?? 9, 9);
				expect(item.itemRestCorrelation ?? 9).toBeCloseTo(turned.items[question]?.itemRestCorrelation ?? 9, 9);
			}
		}),
	);
});

test('counts a mark that is not there for nothing, rather than for 0', () => {
	const { items, distribution } = analyseItems(
		[
			[4, null],
			[2, 1],
			[null, 0],
		],
		[4, 1],
	);
	expect([items.map(({ count, difficulty }) => [count, difficulty]), distribution.count]).toEqual([
		[
			[2, 0.75],
			[2, 0.5],
		],
		1,
	]);
});
