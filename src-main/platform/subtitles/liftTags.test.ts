import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liftTags, type TaggedFormat } from './liftTags.ts';
import { plainText } from './plainText.ts';
import { putBack } from './putBack.ts';

test.each([
	['ass', '{\\an8}Hello, {\\i1}you{\\i0}\\Nthere', 'Hello, ⟦1⟧you⟦2⟧\nthere', 2],
	['ass', '{\\k20}Ka{\\k30}ra', 'Ka⟦1⟧ra', 1],
	['srt', '<i>All of it.</i>', 'All of it.', 0],
	['srt', '{\\an8}<font color="#fff">A</font> & <b>B</b>', 'A⟦1⟧ & ⟦2⟧B', 2],
	['srt', 'x < y and {this}', 'x < y and {this}', 0],
	['vtt', '<v Ann>Tom &amp; <c.red>Jerry</c>', 'Tom & ⟦1⟧Jerry', 1],
	['vtt', 'I <3 you &#39;&rlm; <blink>now</blink> 2 > 1 & so', "I <3 you '\u200f ⟦1⟧now⟦2⟧ 2 > 1 & so", 2],
	['vtt', '<00:01.000><c>Ka</c><00:01.500><c>ra</c>', 'Ka⟦1⟧⟦2⟧⟦3⟧ra', 3],
	['vtt', '<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>だ', '漢⟦1⟧字⟦2⟧⟦3⟧だ', 3],
	['srt', 'look: ⟦1⟧ and <i>⟦2⟧</i> ⟦a⟧', 'look: ⟦1⟧ and ⟦2⟧⟦3⟧⟦4⟧ ⟦a⟧', 4],
	['srt', '<b><i>A <u>B</u></i></b> C', 'A ⟦1⟧B⟦2⟧⟦3⟧⟦4⟧ C', 4],
	['ass', 'a } b { c', 'a ⟦1⟧ b ⟦2⟧ c', 2],
	['ass', '{a {comment}soft\\nbreak\\hhere\u00a0x', 'soft break\u00a0here\u00a0x', 0],
	['ass', '{\\p1}m 0 0 l 1 1{\\p0}Sign {\\pos(1,2)\\p2}m 1 1{\\p0}here', 'Sign ⟦1⟧⟦2⟧⟦3⟧here', 3],
] as const)('words alone are left of %s: %s', (format, raw, text, within) => {
	const lifted = liftTags(format, raw);
	expect([lifted.text, lifted.within.length, lifted.isDrawing]).toEqual([text, within, false]);
	expect(putBack(format, lifted, lifted.text)).toEqual({ raw, faults: [] });
});

test('drawings and texts without words are known', () => {
	expect(liftTags('ass', '{\\p1}m 0 0 l 10 10{\\p0}').isDrawing).toBe(true);
	expect(liftTags('ass', '{\\fad(1,2)}')).toEqual({
		...{ raw: '{\\fad(1,2)}', text: '', before: '{\\fad(1,2)}', after: '', within: [], isDrawing: false },
	});
});

test('a tag that a translation lost is put where it stood, one that it wrote twice counts once, and both are told', () => {
	const lifted = liftTags('srt', 'I am <i>very</i> hungry.');
	expect(putBack('srt', lifted, '我⟦1⟧很⟦2⟧饿⟦1⟧。⟦9⟧')).toEqual({ raw: '我<i>很</i>饿。', faults: [{ what: 'doubled', tag: '<i>' }] });
	const { raw, faults } = putBack('srt', lifted, 'J’ai ⟦1⟧très faim.');
	expect([raw.replace('</i>', ''), faults]).toEqual(['J’ai <i>très faim.', [{ what: 'lost', tag: '</i>' }]]);
});

test('tags that are lost come back in their order, and a pair that was turned round is put right', () => {
	const lifted = liftTags('srt', 'one <b><i>two</i></b> three');
	expect(putBack('srt', lifted, '一 二 三')).toEqual({
		raw: '一<b><i> 二</i></b> 三',
		faults: ['<b>', '<i>', '</i>', '</b>'].map((tag) => ({ what: 'lost', tag })),
	});
	expect(putBack('ass', liftTags('ass', 'a {\\i1}b{\\i0} c'), 'x ⟦2⟧y⟦1⟧ z')).toEqual({
		raw: 'x {\\i1}y{\\i0} z',
		faults: [{ what: 'crossed', tag: '{\\i1}' }],
	});
});

test.each([
	['srt', '<i>A</i> <<b>b>and {\\an8}C <3 {D}', 'A ‹b>and C ‹3 (D}'],
	['vtt', '<i>A</i> & {B} 00:00 --> 1', '&lt;i&gt;A&lt;/i&gt; &amp; {B} 00:00 --&gt; 1'],
	['ass', '{\\p1}A}\r\nB', '(\\p1)A)\\NB'],
] as const)('a tag that a translation makes up is none in %s', (format, translation, expected) => {
	expect(putBack(format, liftTags(format, 'words'), translation)).toEqual({ raw: expected, faults: [] });
});

test.each([
	['srt', '{\\an8}<i>A</i> ⟦1⟧ {b}', 'A ⟦1⟧ {b}'],
	['vtt', '<v Ann>A &amp; <c>B</c>', 'A & B'],
	['ass', '{\\p1}m 0 0{\\p0}A\\NB', 'A\nB'],
	['lrc', '<00:01.00>A <00:02.00>B', 'A B'],
] as const)('what is read on the screen of %s: %s', (format, raw, expected) => {
	expect(plainText(format, raw)).toBe(expected);
});

test('a text of ten thousand tags is lifted, and put back when all of them are lost', () => {
	const raw = `a${'<i>b</i> '.repeat(5000)}c`;
	const lifted = liftTags('srt', raw);
	const { raw: after, faults } = putBack('srt', lifted, 'x y z');
	expect([lifted.within.length, faults.length, after.split('<i>').length]).toEqual([10_000, 10_000, 5001]);
	for (const piece of ['{', '}', '<', '<i', '⟦', '⟦1', '<rt>', '{\\', '&', '{\\p1}'])
		for (const format of ['srt', 'vtt', 'ass'] as const) {
			const hostile = `w${piece.repeat(10_000)}w`;
			expect(putBack(format, liftTags(format, hostile), 'other words').raw.length).toBeGreaterThan(0);
		}
});

const piece: Record<TaggedFormat, fc.Arbitrary<string>> = {
	srt: fc.constantFrom('<i>', '</i>', '{\\an8}', 'word ', 'two\nlines', '<font size="3">', '<', '{', '5 > 3', '⟦1⟧', '⟦2⟧', '<rt>'),
	vtt: fc.constantFrom('<i>', '</i>', '<v Ann>', '<00:01.000>', 'word ', 'a\nb', '&amp;', '&lt;', '&', '>', '&#39;', '&foo;', '<foo>', '⟦1⟧', '<rt>x</rt>'),
	ass: fc.constantFrom('{\\i1}', '{a comment}', '{\\k20}', 'word ', '\\N', '\\h', ',', '\\n', '{', '}', '{\\p1}', '{\\p0}', '⟦1⟧', '\u00a0'),
	lrc: fc.constantFrom('<00:01.00>', '<1:02.345>', 'word ', '<i>', '<', '<0', '>', '⟦1⟧', '{'),
};
test.each(['srt', 'vtt', 'ass', 'lrc'] as const)('what is lifted out of %s and put back is the same', (format) => {
	fc.assert(
		fc.property(
			fc.array(piece[format]).map((pieces) => pieces.join('')),
			(raw) => {
				const lifted = liftTags(format, raw);
				expect(putBack(format, lifted, lifted.text)).toEqual({ raw, faults: [] });
				// A change at the end goes through all of it, and what was lifted is what is lifted again.
				const changed = putBack(format, lifted, `${lifted.text} end`);
				expect(changed.faults).toEqual([]);
				if (lifted.text !== '') expect(liftTags(format, changed.raw)).toMatchObject({ text: `${lifted.text} end`, within: lifted.within });
			},
		),
	);
});

test('whatever a translation does, each tag is in it once', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom('⟦1⟧', '⟦2⟧', '⟦3⟧', 'word ', '字', '⟦')), (words) => {
			const lifted = liftTags('ass', 'a {\\i1}b{\\i0} c');
			const { raw } = putBack('ass', lifted, words.join(''));
			expect([raw.split('{\\i1}').length, raw.split('{\\i0}').length]).toEqual([2, 2]);
		}),
	);
});
