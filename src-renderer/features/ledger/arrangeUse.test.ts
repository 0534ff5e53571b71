import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Use } from '#contract/ledger.ts';
import { bucketsOf, daysUsed, groupUse, modelNamesOf, seriesOf } from './arrangeUse.ts';
import { startOf } from './spans.ts';

function use(accountId: string | null, day: string, tokens: number, more: Partial<Use> = {}): Use {
	return { accountId, modelId: 'm', modelName: 'Model', task: 'chat', day, tokens, promptTokens: tokens, completionTokens: 0, requests: 1, ...more };
}

test('sums use up by person, the most used first, and keeps what has no name together', () => {
	const uses = [use('a', '2026-11-20', 5), use(null, '2026-11-20', 3), use('b', '2026-11-20', 9), use('a', '2026-11-21', 6), use(null, '2026-11-21', 1)];
	expect(groupUse(uses, 'person').map(({ key, tokens, requests }) => [key, tokens, requests])).toEqual([
		['a', 11, 2],
		['b', 9, 1],
		['', 4, 2],
	]);
});

test('calls a model as it was called last', () => {
	const uses = [
		use('a', '2026-11-21', 1, { modelName: 'New' }),
		use('a', '2026-11-20', 1, { modelName: 'Old' }),
		use('a', '2026-11-22', 1, { modelName: null }),
	];
	expect([...modelNamesOf(uses)]).toEqual([['m', 'New']]);
});

test('draws each day, also those without use, and months where the days are too many', () => {
	const days = (first: string, last: string) => bucketsOf(startOf(first), startOf(last, 1));
	expect([days('2026-11-21', '2026-11-21'), days('2026-02-27', '2026-03-02')]).toEqual([
		{ unit: 'day', names: ['2026-11-21'] },
		{ unit: 'day', names: ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'] },
	]);
	expect([days('2026-08-01', '2026-10-31').names.length, days('2026-08-01', '2026-11-01')]).toEqual([
		92,
		{ unit: 'month', names: ['2026-08', '2026-09', '2026-10', '2026-11'] },
	]);
	expect(days('2025-12-31', '2027-01-01').names).toHaveLength(14);
});

test('takes a span without bounds from the first use to today', () => {
	const now = startOf('2026-11-21') + 1;
	expect(daysUsed([use('a', '2026-11-02', 1), use('a', '2026-10-30', 1)], now)).toEqual({ from: startOf('2026-10-30'), until: startOf('2026-11-22') });
	expect(daysUsed([], now)).toEqual({ from: startOf('2026-11-21'), until: startOf('2026-11-22') });
});

test('draws every token once, whoever has a colour of their own', () => {
	const someUse = fc.record({ account: fc.constantFrom(null, 'a', 'b', 'c', 'd', 'e'), date: fc.integer({ min: 1, max: 9 }), tokens: fc.nat(1000) });
	fc.assert(
		fc.property(fc.array(someUse, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (drawn, most) => {
			const uses = drawn.map(({ account, date, tokens }) => use(account, `2026-11-0${date}`, tokens));
			const series = seriesOf(uses, 'person', bucketsOf(startOf('2026-11-01'), startOf('2026-11-10')), most);
			const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
			expect(series.length).toBeLessThanOrEqual(most + 1);
			expect(sum(series.flatMap(({ tokens }) => tokens))).toBe(sum(uses.map(({ tokens }) => tokens)));
			expect(series.filter(({ key }) => key === null).length).toBeLessThanOrEqual(1);
		}),
	);
});
