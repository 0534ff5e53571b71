import fc from 'fast-check';
import { expect, test } from 'vitest';
import { learningRateAt } from './learningRateAt.ts';
import { planRows } from './planRows.ts';
import { makeMask, makeRow, queryBlocks } from './Row.ts';

const examples = fc.array(
	fc
		.integer({ min: 2, max: 40 })
		.map((length) => ({ tokens: Array.from({ length }, (_, i) => i + 1), learnt: Array.from({ length }, (_, i) => i >= length / 2) })),
	{ maxLength: 30 },
);

test('every example is in exactly one row of an epoch, whole, and rows keep to their length', () => {
	fc.assert(
		fc.property(examples, fc.boolean(), fc.nat(5), fc.nat(3), (list, packing, seed, epoch) => {
			const rows = planRows(list, epoch, { mostTokens: 48, packing, seed });
			const goals = rows.flatMap((row) => [...row.goals].filter((goal) => goal !== -1));
			const expected = list.flatMap(({ tokens, learnt }) => tokens.filter((_, i) => i > 0 && learnt[i]));
			expect(goals.toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
			expect(rows.every((row) => row.tokens.length <= 48)).toBe(true);
			expect(planRows(list, epoch, { mostTokens: 48, packing, seed })).toEqual(rows);
		}),
	);
});

test('an example that is longer than a row is refused with its number', () => {
	const long = { tokens: new Array<number>(20).fill(1), learnt: new Array<boolean>(20).fill(true) };
	expect(() => planRows([{ tokens: [1, 2], learnt: [false, true] }, long], 0, { mostTokens: 16, packing: true, seed: 1 })).toThrow(/Example 2 has 20 tokens/);
});

test('tokens see themselves and what came before them in their own example, within the window', () => {
	const row = makeRow([
		{ tokens: [1, 2, 3], learnt: [] },
		{ tokens: [4, 5], learnt: [] },
	]);
	const seen = (window: number | null) => {
		const mask = makeMask(row, queryBlocks(16), window);
		return Array.from({ length: 6 }, (_, q) => [...mask.subarray(q * 16, q * 16 + 16).keys()].filter((k) => mask[q * 16 + k] === 0));
	};
	expect(seen(null)).toEqual([[0], [0, 1], [0, 1, 2], [3], [3, 4], [5]]);
	expect(seen(2)).toEqual([[0], [0, 1], [1, 2], [3], [3, 4], [5]]);
});

test('blocks of queries cover a row without a gap', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 200 }), (steps) => {
			const blocks = queryBlocks(steps * 16);
			expect(blocks.map(({ from }) => from)).toEqual([0, ...blocks.slice(0, -1).map(({ to }) => to)]);
			expect(blocks.at(-1)?.to).toBe(steps * 16);
			expect(blocks.every(({ from, to }) => to > from)).toBe(true);
		}),
	);
});

test('the learning rate rises in a straight line and falls along half a cosine', () => {
	const schedule = { peak: 1, warmUpSteps: 4, totalSteps: 13, lastFraction: 0.1 };
	const rates = Array.from({ length: 13 }, (_, step) => Number(learningRateAt(step, schedule).toFixed(3)));
	expect(rates).toEqual([0.25, 0.5, 0.75, 1, 1, 0.966, 0.868, 0.722, 0.55, 0.378, 0.232, 0.134, 0.1]);
});
