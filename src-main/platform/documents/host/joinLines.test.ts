import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinLines, type PagePiece } from './joinLines.ts';

/** Lines of a page in print of 12 points, each 14 below the one before it, or `gap` where it is given. */
function page(...lines: [text: string, width: number, gap?: number][]): PagePiece[] {
	let y = 800;
	return lines.map(([str, width, gap = 14]) => {
		y -= gap;
		return { str, x: 50, y, width, fontSize: 12, hasEOL: true };
	});
}

test.for([
	['goes on where the next word had no room', page(['Plants turn light into', 290], ['sugar and oxygen.', 150]), 'Plants turn light into sugar and oxygen.'],
	[
		'ends a line that was ended',
		page(['x = 2', 40], ['y = 3', 40], ['a long line of words to the edge', 300]),
		'x = 2\ny = 3\na long line of words to the edge',
	],
	['parts paragraphs that stand apart', page(['one', 20], ['two', 20, 30], ['the widest of all', 300, 30]), 'one\n\ntwo\n\nthe widest of all'],
	[
		'keeps the items of a list apart',
		page(['- words that reach to the edge', 300], ['- water', 40], ['2. air', 40]),
		'- words that reach to the edge\n- water\n2. air',
	],
	['puts no space into Chinese', page(['植物利用光能，把二氧化碳和水转化', 300], ['成有机物。', 60]), '植物利用光能，把二氧化碳和水转化成有机物。'],
] as const)('%s', ([, pieces, text]) => {
	expect(joinLines(pieces)).toBe(text);
});

test('puts a sign of a list that was drawn later before its words, and a space where there is a gap', () => {
	const pieces = [
		{ str: 'light', x: 70, width: 25, hasEOL: false },
		{ str: '1.', x: 50, width: 10, hasEOL: true },
	].map((piece) => ({ ...piece, y: 700, fontSize: 12 }));
	expect(joinLines(pieces)).toBe('1. light');
});

test('loses no letter of a page, however its pieces stand', () => {
	const piece = fc.record({
		str: fc.string(),
		x: fc.nat(600),
		y: fc.nat(800),
		width: fc.nat(300),
		fontSize: fc.integer({ min: 0, max: 40 }),
		hasEOL: fc.boolean(),
	});
	const letters = (text: string) => [...text.replaceAll(/\s/g, '')].sort().join('');
	fc.assert(fc.property(fc.array(piece), (pieces) => letters(joinLines(pieces)) === letters(pieces.map(({ str }) => str).join(''))));
});
