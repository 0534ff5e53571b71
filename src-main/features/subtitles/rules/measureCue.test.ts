import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breachesOf } from '#contract/breachesOf.ts';
import { countCharacters, measureCue, noTimeCps, roomOf } from '#contract/measureCue.ts';
import { rulesOf } from '#contract/readingRules.ts';
import { visibleText } from '#contract/visibleText.ts';

test.for([
	['plain', 'Hello there.', [12]],
	['italics and a font', '<i>Hello</i> <font color="#fff">there</font>.', [12]],
	['override blocks of ASS, and its line end', '{\\an8\\fs20}Hello\\Nthere', [5, 5]],
	['WebVTT: a voice, a class, a time and a named character', '<v Ann><c.red>A &amp; B</c> <00:00:01.000>go', [8]],
	['placeholders of lifted tags', '⟦1⟧Hello⟦2⟧ there', [11]],
	['angle brackets and braces that are text', 'a < b > c {no}', [14]],
	['what cannot be seen', '\ufeff\u202aHel\u200blo\u202c\u00ad', [5]],
	['accents and emoji of many code points', 'e\u0301 👩‍👩‍👧 🇨🇳', [5]],
	['Windows line ends, which count nothing', 'a\r\nb\rc', [1, 1, 1]],
	['nothing', '', [0]],
] as const)('counts as a viewer reads: %s', ([, text, lines]) => {
	expect(measureCue(text, 0, 1000).lineCharacters).toEqual(lines);
});

test.for([
	['你好，世界！', 6],
	['我用Python写', 6],
	['2019年', 3],
	['“好”…—·', 6],
	['Ｆｕｌｌ', 4],
	['ｶﾀｶﾅ', 2],
	['カタカナ', 4],
	['한국어 자막', 5.5],
	['don’t', 2.5],
	['他说：“don’t”', 7.5],
	['㈱①', 1.5],
	['👍', 1],
	['❤️', 1],
	['naïve Ёж Ω', 5],
] as const)('by width %s is %s', ([text, characters]) => {
	expect(countCharacters(text, 'byWidth')).toBe(characters);
});

test('reading speed is characters without line ends by the time shown, 999 where there is none, and null where it ends before it begins', () => {
	expect([
		measureCue('Hello\nthere', 1000, 2000).cps,
		measureCue('你好\n世界', 0, 2000, { counting: 'byWidth' }).cps,
		measureCue('a', 5, 5).cps,
		measureCue('a', 9, 5),
		measureCue('', 5, 5).cps,
	]).toEqual([10, 2, noTimeCps, { characters: 1, lineCharacters: [1], durationMs: 0, cps: null }, 0]);
});

test('what can be read in a time is bounded by the lines', () => {
	const rules = { maxCps: 20, maxCharsPerLine: 42, maxLines: 2 };
	expect([roomOf(1000, rules), roomOf(7000, rules), roomOf(0, rules)]).toEqual([20, 84, 1]);
});

test('any text is measured, in halves, and its tags never count', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('each', 'byWidth'), (text, counting) => {
			const { characters } = measureCue(text, 0, 1000, { counting });
			expect(Number.isInteger(characters * 2) && characters >= 0).toBe(true);
			expect(measureCue(`<i>${text}</i>⟦7⟧{\\an8}`, 0, 1000, { counting }).characters).toBeCloseTo(characters);
		}),
	);
});

test('lines of single characters are counted as all others are', () => {
	const characters = fc.string({ unit: fc.constantFrom('a', '~', ' ', '!', '、', '】', '中', '龥', '！', '～', '，') });
	fc.assert(
		fc.property(characters, fc.constantFrom('each', 'byWidth'), (text, counting) => {
			// With a letter of two code points the line is counted character by character.
			expect(countCharacters(text, counting)).toBe(countCharacters(`${text}e\u0301`, counting) - countCharacters('e\u0301', counting));
		}),
	);
});

test('a megabyte of tags that are never closed is read in one pass', () => {
	const text = '<i {\\an8 ⟦1'.repeat(100_000);
	expect(visibleText(text)).toBe(text);
});

test('a note in braces is not read in ASS, and is text elsewhere', () => {
	const rules = (format: string) => rulesOf({ rulesId: 'netflix-en', targetLanguage: 'en', format });
	expect(['ass', 'srt'].map((format) => measureCue('{see 12}Hi{\\i1}', 0, 1000, rules(format)).characters)).toEqual([2, 10]);
	const short = { text: `Hi{${'a note that nobody sees '.repeat(3)}}`, startMs: 0, endMs: 1000 };
	expect(['ass', 'srt'].map((format) => breachesOf(short, null, rules(format), 25).map(({ kind }) => kind))).toEqual([[], ['cps', 'cpl']]);
});
