import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fontRuns } from './fontRuns.ts';
import { openSheetFonts } from './sheetFonts.ts';

test('letters stand in the font of their script, signs in that of what is before them, and what no font has shows', async () => {
	const coverage = await openSheetFonts();
	expect(fontRuns('“ok” 光合…（CO₂）ę→𠀀😀', coverage, 'en')).toEqual([
		{ text: '“ok” ', font: 'latin' },
		{ text: '光合…（', font: 'chinese' },
		{ text: 'CO₂', font: 'latin' },
		{ text: '）', font: 'chinese' },
		{ text: 'ę', font: 'latin' },
		{ text: '→□□', font: 'chinese' },
	]);
	expect(fontRuns('“好”', coverage, 'zh')).toEqual([{ text: '“好”', font: 'chinese' }]);
});

test('every character keeps its place and stands in a font that has it', async () => {
	const coverage = await openSheetFonts();
	const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\u4e00-\u4eff a-z“…ęЖ]{0,80}$/u));
	fc.assert(
		fc.property(text, fc.constantFrom('en', 'zh'), (whole, language) => {
			const runs = fontRuns(whole, coverage, language);
			const shown = [...runs.map((run) => run.text).join('')].filter((character) => character !== '\u200B');
			const expected = [...whole].filter(
				(character) => coverage.latin(point(character)) || coverage.chinese(point(character)) || !/[\p{Cf}\p{Mn}]/u.test(character),
			);
			expect(shown).toEqual(expected.map((character) => (coverage.latin(point(character)) || coverage.chinese(point(character)) ? character : '□')));
			expect(runs.filter((run) => [...run.text].some((character) => !coverage[run.font](point(character))))).toEqual([]);
		}),
		{ numRuns: 50 },
	);
});

test('a text that goes to and fro between the scripts is not cut into thousands of pieces, and a word without end can be broken', async () => {
	const coverage = await openSheetFonts();
	expect(fontRuns('a光'.repeat(2000), coverage, 'en')).toEqual([{ text: 'a光'.repeat(2000), font: 'chinese' }]);
	expect(fontRuns('x'.repeat(100), coverage, 'en')).toEqual([{ text: `${'x'.repeat(48)}\u200B${'x'.repeat(48)}\u200Bxxxx`, font: 'latin' }]);
});

function point(character: string): number {
	return character.codePointAt(0) ?? 0;
}
