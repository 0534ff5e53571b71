import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markEvidence } from './markEvidence.ts';
import { printableText } from './printableText.ts';

const verdict = (place: { start: number; end: number } | null) => ({ criterionId: 'c', levelName: '', points: 0, quote: null, place, reason: '' });

test('marks what was quoted, once where quotes overlap, and no half of a character', () => {
	const places = [{ start: 6, end: 11 }, { start: 4, end: 8 }, { start: 13, end: 99 }, { start: -3, end: 0 }, null];
	expect(markEvidence({ text: 'The green plant😀', verdicts: places.map(verdict) })).toEqual([
		{ text: 'The ', isEvidence: false },
		{ text: 'green p', isEvidence: true },
		{ text: 'la', isEvidence: false },
		{ text: 'nt😀', isEvidence: true },
	]);
});

test('the pieces together are the answer, whatever places are given', () => {
	const place = fc.option(fc.record({ start: fc.integer({ min: -5, max: 40 }), end: fc.integer({ min: -5, max: 40 }) }));
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.array(place, { maxLength: 4 }), (text, places) => {
			const pieces = markEvidence({ text, verdicts: places.map(verdict) });
			expect(pieces.map((piece) => piece.text).join('')).toBe(printableText(text));
		}),
	);
});
