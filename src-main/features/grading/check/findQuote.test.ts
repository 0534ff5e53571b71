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
])('what does not stand there is not found: %j, %j', (answer, quote) => {
	expect(findQuote(answer, quote)).toBeNull();
});

const readable = fc.string({ unit: fc.constantFrom(...'abcXYZ 019,.é漢字光水—“”‘’\n\t\u00a0\u200b👍'), minLength: 1, maxLength: 60 });

test('every part of an answer with a letter or digit in it is found, and what is found reads the same', () => {
	fc.assert(
		fc.property(readable, fc.nat(), fc.nat(), (answer, a, b) => {
			const chars = [...answer];
			const part = chars.slice(a % chars.length, (a % chars.length) + 1 + (b % chars.length)).join('');
			fc.pre(/[\p{L}\p{N}]/u.test(part));
			const words = quoted(answer, part);
			expect(words).not.toBeNull();
			expect(findQuote(part, words ?? '')).not.toBeNull();
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
	expect(findQuote(`${'a'.repeat(100_000)}b`, 'ab')).toEqual({ start: 99_999, end: 100_001 });
	expect(findQuote('\u0301'.repeat(100_000), 'a')).toBeNull();
	expect(findQuote('a…'.repeat(50_000), 'a…'.repeat(2000))).not.toBeNull();
	expect(findQuote('x', 'a…'.repeat(50_000))).toBeNull();
});
