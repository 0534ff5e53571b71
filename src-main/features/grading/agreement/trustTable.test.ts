import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trustTable as schema } from '#contract/agreement.ts';
import { trustTable } from './trustTable.ts';

const pair = (confidence: number, teacher: number, model: number) => ({ confidence, teacher, model });

test('says for each threshold how many would be accepted, and how far off they were', () => {
	const table = trustTable([pair(0.95, 4, 4), pair(0.8, 3, 4), pair(0.8, 2, 2), pair(0.3, 5, 1), pair(0.76, 0, 0)], 5);
	const at = (threshold: number) => table.rows.find((row) => row.threshold === threshold);
	expect(at(0.8)).toEqual({ threshold: 0.8, accepted: 3, acceptedFraction: 0.6, meanAbsoluteError: 1 / 3, exact: 2 / 3, farOff: 0 });
	expect(at(0)).toEqual({ threshold: 0, accepted: 5, acceptedFraction: 1, meanAbsoluteError: 1, exact: 0.6, farOff: 1 });
	expect(at(1)).toEqual({ threshold: 1, accepted: 0, acceptedFraction: 0, meanAbsoluteError: null, exact: null, farOff: 0 });
	expect(table.farOffInDoubtfulFifth).toBe(1);
});

test('credits confidence that says nothing with what chance finds', () => {
	const flat = Array.from({ length: 10 }, (_, place) => pair(0.7, 10, place < 4 ? 0 : 10));
	expect(trustTable(flat, 10).farOffInDoubtfulFifth).toBeCloseTo(0.2, 12);
	expect(trustTable([], 10)).toMatchObject({ marked: 0, farOffInDoubtfulFifth: null });
});

test('accepts no more at a higher threshold, has no NaN, and is the same in any order', () => {
	const marked = fc.array(fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), teacher: fc.nat(10), model: fc.nat(10) }));
	fc.assert(
		fc.property(marked, (pairs) => {
			const table = trustTable(pairs, 10);
			expect(schema.parse(JSON.parse(JSON.stringify(table)))).toEqual(table);
			const accepted = table.rows.map((row) => row.accepted);
			expect(accepted).toEqual(accepted.toSorted((a, b) => b - a));
			expect(accepted[0]).toBe(pairs.length);
			expect(table.farOffInDoubtfulFifth ?? 0).toBeLessThanOrEqual(1);
			expect(trustTable(pairs.toReversed(), 10)).toEqual(table);
		}),
	);
});
