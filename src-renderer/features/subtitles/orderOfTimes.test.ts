import { expect, test } from 'vitest';
import { orderOfTimes, type TimesDraft } from './orderOfTimes.ts';

const draft: TimesDraft = { kind: 'shift', by: '0', firstFrom: '1', firstTo: '2', secondFrom: '1:00', secondTo: '1:02', fromFps: '25', toFps: '23.976' };

test('seconds are typed with a comma or a point and with any minus, and nothing is ordered that is no number or changes nothing', () => {
	const shifted = (by: string) => orderOfTimes({ ...draft, by });
	expect(['-1,5', '−0.25', '+2', '0', 'soon', ''].map(shifted)).toEqual([
		{ kind: 'shift', byMs: -1500 },
		{ kind: 'shift', byMs: -250 },
		{ kind: 'shift', byMs: 2000 },
		null,
		null,
		null,
	]);
});

test('two points and two frame rates are taken as they are typed', () => {
	expect(orderOfTimes({ ...draft, kind: 'stretch' })).toEqual({
		kind: 'stretch',
		first: { fromMs: 1000, toMs: 2000 },
		second: { fromMs: 60_000, toMs: 62_000 },
	});
	expect(orderOfTimes({ ...draft, kind: 'stretch', secondTo: '' })).toBe(null);
	expect(orderOfTimes({ ...draft, kind: 'frameRate' })).toEqual({ kind: 'frameRate', fromFps: 25, toFps: 23.976 });
	expect(orderOfTimes({ ...draft, kind: 'frameRate', toFps: '25' })).toBe(null);
});
