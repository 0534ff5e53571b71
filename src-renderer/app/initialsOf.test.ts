import { expect, test } from 'vitest';
import { initialsOf } from './initialsOf.ts';

test('a name is told by the first letters of its first and last word, one in Chinese by its last two characters', () => {
	expect(['Ms Ada Lovelace', 'anna', ' élodie  du Pont ', '王小明', '李雷', '王', '👩🏽‍🏫 Kim', ''].map(initialsOf)).toEqual([
		'ML',
		'A',
		'ÉP',
		'小明',
		'李雷',
		'王',
		'👩🏽‍🏫K',
		'',
	]);
});
