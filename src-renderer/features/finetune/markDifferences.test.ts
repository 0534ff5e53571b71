import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markDifferences } from './markDifferences.ts';

test('marks the words that are not as expected', () => {
	expect(markDifferences('Good evening, class.', 'Good morning, class.', 'en')).toEqual([
		{ text: 'Good ', isOther: false },
		{ text: 'evening', isOther: true },
		{ text: ', class.', isOther: false },
	]);
	expect(markDifferences('晚上好。', '早上好。', 'zh').filter(({ isOther }) => isOther).length).toBeGreaterThan(0);
	expect(markDifferences('same', 'same', 'en')).toEqual([{ text: 'same', isOther: false }]);
	expect(markDifferences('', 'something', 'en')).toEqual([]);
	expect(markDifferences('word '.repeat(2000), 'other', 'en')).toEqual([{ text: 'word '.repeat(2000), isOther: false }]);
});

test('the pieces together are the text, and what is not marked stands in the expected text', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }), (text, expected) => {
			const pieces = markDifferences(text, expected, 'en');
			expect(pieces.map((piece) => piece.text).join('')).toBe(text);
			expect(markDifferences(text, text, 'en').every(({ isOther }) => !isOther)).toBe(true);
		}),
	);
});
