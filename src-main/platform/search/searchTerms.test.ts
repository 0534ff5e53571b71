import { expect, test } from 'vitest';
import { matchOf, readTerms, rowOf, spaceWords } from './searchTerms.ts';

test('a question is read as words, of which the last may go on while it is typed', () => {
	const questions = [
		'Moon',
		'the moo',
		'the moon ',
		'Ébène',
		'ＡＢＣ',
		'a',
		'潮汐',
		'月 tide',
		"don't",
		'x²',
		'«»',
		' ',
		'"a" OR b*',
		'NEAR(a b)',
		'ひかり',
		'빛나',
	];
	expect(Object.fromEntries(questions.map((question) => [question, matchOf(readTerms(question))]))).toEqual({
		Moon: '"moon"*',
		'the moo': '"the" AND "moo"*',
		'the moon ': '"the" AND "moon"',
		Ébène: '"ebene"*',
		ＡＢＣ: '"abc"*',
		a: '"a"',
		潮汐: '"潮 汐"',
		'月 tide': '"月" AND "tide"*',
		"don't": '"don t"',
		'x²': '"x2"*',
		'«»': '',
		' ': '',
		'"a" OR b*': '"a" AND "or" AND "b"',
		'NEAR(a b)': '"near a" AND "b"',
		ひかり: '"ひ か り"',
		빛나: '"빛 나"',
	});
	expect(matchOf(rowOf(readTerms('the moo')))).toBe('"the moo"*');
	expect(readTerms('a b c d e f g h i j')).toHaveLength(8);
});

test('each character of a script without spaces is a word of the index', () => {
	expect(spaceWords('Das Mädchen 月亮abc。光')).toBe('das madchen  月  亮 abc。 光 ');
});
