import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf } from './excerptOf.ts';
import { revealHidden } from './revealHidden.ts';

test('shows what a reader could not see: direction changes, zero-width and control characters, tags', () => {
	expect(revealHidden('a\u202Eb\u200Bc\u0000\u{E0041}')).toEqual([
		{ at: 0, text: 'a' },
		{ at: 1, hidden: 'U+202E' },
		{ at: 2, text: 'b' },
		{ at: 3, hidden: 'U+200B' },
		{ at: 4, text: 'c' },
		{ at: 5, hidden: 'U+0000' },
		{ at: 6, hidden: 'U+E0041' },
	]);
});

test('leaves ordinary writing alone: lines, tabs, Chinese, right-to-left words, emoji of several parts, joined letters', () => {
	for (const text of ['one\r\n\ttwo', '光合作用', 'שלום עולם', '👩‍👩‍👧 ❤️ 👍🏽', 'می‌خواهم', 'क्‍ष']) expect(revealHidden(text)).toEqual([{ at: 0, text }]);
});

test('shows joiners and variation selectors that stand where they have no work to do', () => {
	expect(revealHidden('a\u200Db\uFE01')).toEqual([
		{ at: 0, text: 'a' },
		{ at: 1, hidden: 'U+200D' },
		{ at: 2, text: 'b' },
		{ at: 3, hidden: 'U+FE01' },
	]);
});

test('loses no character of any text', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			const again = revealHidden(text).map((part) => ('text' in part ? part.text : String.fromCodePoint(Number.parseInt(part.hidden.slice(2), 16))));
			expect(again.join('')).toBe(text);
		}),
	);
});

test('an excerpt for the table stays on one line and in its order', () => {
	expect(excerptOf('one\n\ntwo \u202Eeerht')).toBe('one two ▯eerht');
	expect(excerptOf('a'.repeat(1_000))).toHaveLength(200);
});
