import { expect, test } from 'vitest';
import { differenceUnseen } from './differenceUnseen.ts';

test.each([
	['xé', 'xe\u0301', 'U+00E9 → U+0065 U+0301'],
	['a\u200bb', 'ab', 'U+200B → —'],
	['Ａ1', 'A1', 'U+FF21 → U+0041'],
	['a b', 'a\u00a0b', 'U+0020 → U+00A0'],
	['cat', 'cut', ''],
	['same', 'same', ''],
	['', 'x', ''],
])('tells of %j and %j what cannot be seen', (one, other, told) => expect(differenceUnseen(one, other)).toBe(told));
