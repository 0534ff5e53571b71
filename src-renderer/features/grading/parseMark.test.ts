import { expect, test } from 'vitest';
import { parseMark } from './parseMark.ts';

test('takes points up to those of the question, with a comma or a point, also full-width, and nothing else', () => {
	expect(['0', ' 10 ', '07', '7,5', '７．５', '2.25', '.5', '3.'].map((typed) => parseMark(typed, 10))).toEqual([0, 10, 7, 7.5, 7.5, 2.25, 0.5, 3]);
	expect(['', '.', '-1', '10.5', '1e1', '1,000', '2.255', 'A', '1 2'].map((typed) => parseMark(typed, 10))).toEqual(Array(9).fill(null));
});
