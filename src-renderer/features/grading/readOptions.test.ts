import { expect, test } from 'vitest';
import { formatOptions, readLetters, readOptions } from './readOptions.ts';

test('options are a letter and a text, however they are set apart', () => {
	expect(readOptions('A. red\nB) blue\n（C） 绿色\n\nD、黄\n4 four')).toEqual([
		{ letter: 'A', text: 'red' },
		{ letter: 'B', text: 'blue' },
		{ letter: 'C', text: '绿色' },
		{ letter: 'D', text: '黄' },
		{ letter: '4', text: 'four' },
	]);
});

test('texts without letters get them in their order', () => {
	expect(readOptions('magenta!\ncyan!')).toEqual([
		{ letter: 'A', text: 'magenta!' },
		{ letter: 'B', text: 'cyan!' },
	]);
});

test('what was read is read again the same', () => {
	const options = readOptions('A. red\nB) blue: the second\nC. ');
	expect(readOptions(formatOptions(options))).toEqual(options);
});

test('letters of the right options', () => {
	expect(['B', 'A, C', 'A、C', 'ACD', '1 3', 'a', 'B,B', ''].map(readLetters)).toEqual([
		['B'],
		['A', 'C'],
		['A', 'C'],
		['A', 'C', 'D'],
		['1', '3'],
		['a'],
		['B'],
		[],
	]);
});
