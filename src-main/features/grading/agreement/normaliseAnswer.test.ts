import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseAnswer } from './normaliseAnswer.ts';

test.for([
	['Plants make sugar.', 'plants  make SUGAR !'],
	['２ ＋ ３ ＝ ５', '2+3=5'],
	['光合作用。', ' 光合 作用'],
	['café', 'cafe\u0301'],
	['x²', 'x^2'],
	['10⁻³', '10^-3'],
	['ice\u200b melts', 'ice melts'],
	['yes…', 'yes'],
	['−3', '-3'],
] as const)('takes %j and %j for the same', ([one, other]) => {
	expect(normaliseAnswer(one)).toBe(normaliseAnswer(other));
});

test.for([
	['5²', '52'],
	['1 2', '12'],
	['नदी सागर', 'नदीसागर'],
	['5!', '5'],
	['n!', 'n'],
	['3.5', '35'],
	['-3', '3'],
	['a>b', 'a<b'],
	['50%', '50'],
] as const)('keeps %j and %j apart', ([one, other]) => {
	expect(normaliseAnswer(one)).not.toBe(normaliseAnswer(other));
});

test('changes nothing that it has normalised before', () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom('a', 'B', ' ', '.', '!', '1', '²', '-', '水', '，', '\u0301', '\u200b', '\n', '(', 'Ａ') }), (text) => {
			expect(normaliseAnswer(normaliseAnswer(text))).toBe(normaliseAnswer(text));
		}),
	);
});

test('a row of a million dots takes no longer than any other text', () => {
	const dots = '.'.repeat(1_000_000);
	expect([normaliseAnswer(`${dots}a`).length, normaliseAnswer(`A wave${dots}`)]).toEqual([1_000_001, 'a wave']);
});
