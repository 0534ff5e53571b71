import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findQuote } from './findQuote.ts';

/** The words of the answer at the place of the quote. */
function quoted(answer: string, quote: string): string | null {
	const place = findQuote(answer, quote);
	return place && answer.slice(place.start, place.end);
}

test.each([
	['Plants make sugar from light.', 'make sugar', 'make sugar'],
	['Plants MAKE  sugar\nfrom light.', 'make sugar from', 'MAKE  sugar\nfrom'],
	['She said “it’s hot — very”.', '"it\'s hot - very"', '“it’s hot — very”'],
	['It is hot.', '“It is hot.”', 'It is hot.'],
	['ﬁne caf\u0065\u0301', 'fine café', 'ﬁne caf\u0065\u0301'],
	['ma\u200bke\u00ad sugar', 'make sugar', 'ma\u200bke\u00ad sugar'],
	['植物利用 光能制造\n有机物。', '植物利用光能制造有机物', '植物利用 光能制造\n有机物'],
	['植物利用光能。', '利用 光能', '利用光能'],
	['ＡＢＣ １２３', 'abc 123', 'ＡＢＣ １２３'],
	['First this, then a lot, then that.', 'first this … then that', 'First this, then a lot, then that'],
	['先是光，然后是水，最后是糖。', '先是光……最后是糖', '先是光，然后是水，最后是糖'],
	['a 👍🏽 b', 'b', 'b'],
	['14', '14', '14'],
	['The answer is B.', 'B', 'B'],
	['选B', 'b', 'B'],
	['对', '对', '对'],
	['对，因为有光。', '对', '对'],
	['植物利用光能', '光能', '光能'],
	['ひかりで育つ', '育つ', '育つ'],
	['A part of art', 'art', 'art'],
	['It costs 3.14 or 1,000', '1,000', '1,000'],
	['hot and cold', 'ot and', 'ot and'],
	['5 cm + 2 cm = 7 cm', '7 cm', '7 cm'],
	['wait... what', 'wait… what', 'wait... what'],
])('a quote is found as it reads: %j, %j', (answer, quote, words) => {
	expect(quoted(answer, quote)).toBe(words);
});

test.each([
	['Plants make sugar.', 'make sugars'],
	['Plants make sugar.', 'sugar make'],
	['Plants make sugar.', ''],
	['Plants make sugar.', '.'],
	['Plants make sugar.', '…'],
	['Plants make sugar.', '\u200b'],
	['Plants make sugar.', 'sugar … plants'],
	['', 'a'],
	['It is not hot.', 'It is hot.'],
	['It is not hot.', 'o'],
	['It is not hot.', 'no'],
	['It is not hot.', 'ot h'],
	['It is not hot.', 'i … t'],
	['植物利用光能。', '光'],
	['植物利用光能。', '植…光'],
	['It costs 3.14 or 1,000', '14'],
	['It costs 3.14 or 1,000', '000'],
	['2146', '14'],
])('what does not stand there, or is less than a word of it, is not found: %j, %j', (answer, quote) => {
	expect(findQuote(answer, quote)).toBeNull();
});

const word = fc.constantFrom('c', 'É', 'ma\u200bke', '019', '3.5', 'H2O', '漢字', '光水', 'it’s');
const gap = fc.constantFrom(' ', '\n', ' — ', '“', '. ', ',\t', '\u00a0', ' 👍 ', '\u200b ');

test('every part of an answer that is a word or more is found, and what is found reads the same', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (parts, a, b) => {
			const answer = parts.flat().join('');
			const from = a % parts.length;
			const part = parts.slice(from, from + 1 + (b % parts.length)).flat();
			const words = quoted(answer, part.slice(0, -1).join(''));
			expect(words).not.toBeNull();
			expect(findQuote(part.join(''), words ?? '')).not.toBeNull();
		}),
	);
});

test('a place is always inside the answer, at the edge of characters', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }), (answer, quote) => {
			const place = findQuote(answer, quote);
			if (!place) return;
			expect(0 <= place.start && place.start < place.end && place.end <= answer.length).toBe(true);
			const isWhole = (at: number) => !/[\udc00-\udfff]/.test(answer.charAt(at)) || !/[\ud800-\udbff]/.test(answer.charAt(at - 1));
			expect([isWhole(place.start), isWhole(place.end)]).toEqual([true, true]);
		}),
	);
});

test('long and hostile texts are searched to their end', () => {
	expect(findQuote(`${'a'.repeat(100_000)} b`, 'a b')).toEqual({ start: 99_999, end: 100_002 });
	expect(findQuote('a'.repeat(100_000), 'a'.repeat(5000))).toBeNull();
	expect(findQuote('\u0301'.repeat(100_000), 'a')).toBeNull();
	expect(findQuote('a…'.repeat(50_000), 'a…'.repeat(2000))).not.toBeNull();
	expect(findQuote('x', 'a…'.repeat(50_000))).toBeNull();
});
