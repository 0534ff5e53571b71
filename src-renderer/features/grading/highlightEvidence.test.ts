import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlightEvidence } from './highlightEvidence.ts';

test('quotes that overlap share the run that both hold', () => {
	const places = [
		{ criterionId: 'a', start: 0, end: 10 },
		{ criterionId: 'b', start: 6, end: 15 },
	];
	expect(highlightEvidence('Leaves are green.', places)).toEqual([
		{ at: 0, text: 'Leaves', criteria: ['a'] },
		{ at: 6, text: ' are', criteria: ['a', 'b'] },
		{ at: 10, text: ' gree', criteria: ['b'] },
		{ at: 15, text: 'n.', criteria: [] },
	]);
});

test('a hidden character inside a quote is shown and belongs to it', () => {
	expect(highlightEvidence('ab\u200Bcd', [{ criterionId: 'a', start: 1, end: 4 }])).toEqual([
		{ at: 0, text: 'a', criteria: [] },
		{ at: 1, text: 'b', criteria: ['a'] },
		{ at: 2, hidden: 'U+200B', criteria: ['a'] },
		{ at: 3, text: 'c', criteria: ['a'] },
		{ at: 4, text: 'd', criteria: [] },
	]);
});

test('loses no character, whatever the places are', () => {
	const place = fc.record({ criterionId: fc.constantFrom('a', 'b', 'c'), start: fc.integer({ min: -3, max: 40 }), end: fc.integer({ min: -3, max: 40 }) });
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.array(place, { maxLength: 5 }), (text, places) => {
			const again = highlightEvidence(text, places).map((part) =>
				'text' in part ? part.text : String.fromCodePoint(Number.parseInt(part.hidden.slice(2), 16)),
			);
			expect(again.join('')).toBe(text);
		}),
	);
});
