import { expect, test } from 'vitest';
import { parseScore } from './parseScore.ts';

test('takes whole numbers from 0 to 100, also full-width ones, and nothing else', () => {
	expect(['0', ' 100 ', '07', '８５'].map(parseScore)).toEqual([0, 100, 7, 85]);
	expect(['', '-1', '101', '7.5', '1e1', 'A'].map(parseScore)).toEqual([null, null, null, null, null, null]);
});
