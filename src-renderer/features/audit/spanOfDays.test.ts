import { expect, test } from 'vitest';
import { spanOfDays } from './spanOfDays.ts';

test('a span of days holds its last day whole, also one that a change of clocks makes longer or shorter', () => {
	const midnight = (month: number, date: number) => new Date(2026, month - 1, date).getTime();
	expect([
		spanOfDays({ first: '2026-11-21', last: '2026-11-21' }),
		spanOfDays({ first: '2026-03-29', last: '2026-03-31' }),
		spanOfDays({ first: '', last: '2026-12-31' }),
		spanOfDays({ first: '', last: '' }),
		spanOfDays({ first: '2026-11-22', last: '2026-11-21' }),
	]).toEqual([
		{ from: midnight(11, 21), until: midnight(11, 22) },
		{ from: midnight(3, 29), until: midnight(4, 1) },
		{ from: null, until: midnight(13, 1) },
		{ from: null, until: null },
		null,
	]);
});
