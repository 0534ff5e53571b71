import fc from 'fast-check';
import { expect, test } from 'vitest';
import { titleFrom } from './titleFrom.ts';

test.for([
	['Hello', 'Hello'],
	['\n\n  What is\tlight? \nIt is a wave.', 'What is light?'],
	['Explain photosynthesis to a class of thirteen-year-olds who have never heard of it', 'Explain photosynthesis to a class of thirteen-year-olds who…'],
	['光'.repeat(70), `${'光'.repeat(59)}…`],
	['👩‍🏫'.repeat(70), `${'👩‍🏫'.repeat(59)}…`],
	[`a ${'x'.repeat(80)}`, `a ${'x'.repeat(57)}…`],
])('titles %j', ([text, title]) => {
	expect(titleFrom(text ?? '')).toBe(title);
});

test('a title is one line of 60 characters at most, and empty only where the text is blank', () => {
	const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 90 }), fc.string({ unit: 'binary', maxLength: 90 })), (text) => {
			const title = titleFrom(text);
			expect([...segmenter.segment(title)].length).toBeLessThanOrEqual(60);
			expect(title).not.toMatch(/\p{Cc}/u);
		}),
	);
});
