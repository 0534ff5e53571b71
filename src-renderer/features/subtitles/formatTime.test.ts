import { expect, test } from 'vitest';
import { formatTime, parseTime } from './formatTime.ts';

test('a time that is shown is read again as the same, and what people type is read', () => {
	const times = [0, 999, 62_345, 3_599_999, 3_600_000, 359_999_999];
	expect(times.map((ms) => parseTime(formatTime(ms)))).toEqual(times);
	expect(['1:02.5', '0:01:02,345', '62', '', 'soon', '1:2:3:4', '-1'].map(parseTime)).toEqual([62_500, 62_345, 62_000, null, null, null, null]);
});
