import { expect, test } from 'vitest';
import { dayOf, type SpanName, spanOf, startOf } from './spans.ts';

const now = new Date(2026, 10, 21, 15, 30).getTime();

function daysOf(name: SpanName, first = '', last = '') {
	const span = spanOf({ name, first, last }, now);
	return span === 'wrong' ? span : [span.from, span.until].map((at) => at && dayOf(at));
}

test('takes whole days of the reader up to the one after the last', () => {
	expect({
		last7: daysOf('last7'),
		last30: daysOf('last30'),
		thisMonth: daysOf('thisMonth'),
		lastMonth: daysOf('lastMonth'),
		all: daysOf('all'),
		custom: daysOf('custom', '2026-03-28', '2026-03-29'),
		oneDay: daysOf('custom', '2026-02-28', '2026-02-28'),
		open: daysOf('custom', '2026-02-28'),
		turned: daysOf('custom', '2026-03-01', '2026-02-28'),
	}).toEqual({
		last7: ['2026-11-15', '2026-11-22'],
		last30: ['2026-10-23', '2026-11-22'],
		thisMonth: ['2026-11-01', '2026-12-01'],
		lastMonth: ['2026-10-01', '2026-11-01'],
		all: [null, null],
		custom: ['2026-03-28', '2026-03-30'],
		oneDay: ['2026-02-28', '2026-03-01'],
		open: ['2026-02-28', null],
		turned: 'wrong',
	});
});

test('gives a day back as it was written', () => {
	expect(['2024-02-29', '2026-12-31', '2026-01-01'].map((day) => dayOf(startOf(day)))).toEqual(['2024-02-29', '2026-12-31', '2026-01-01']);
});
