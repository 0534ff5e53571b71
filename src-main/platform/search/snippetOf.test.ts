import { expect, test } from 'vitest';
import { patternOf, readTerms } from './searchTerms.ts';
import { snippetOf } from './snippetOf.ts';

/** The snippet with what was found in brackets. */
function marked(text: string, question: string): string {
	const { text: shown, hits } = snippetOf(text, patternOf(readTerms(question)));
	return hits.toReversed().reduce((done, [from, until]) => `${done.slice(0, from)}[${done.slice(from, until)}]${done.slice(until)}`, shown);
}

test('shows what was found where it stands, as it was written', () => {
	expect([
		marked('The Moon pulls the water.', 'moon'),
		marked('Moonlight and the moon', 'moon '),
		marked('Moonlight and the moon', 'moon'),
		marked('the tides\nand the TIDE', 'tid'),
		marked('Une Élève, élevée', 'eleve'),
		marked('月亮引起潮汐，潮 汐。', '潮汐'),
		marked('ＡＢＣ and ½ 👩‍🎓 abc', 'abc'),
		marked('e\u0301te\u0301 and the Å', 'été'),
		marked('nothing of it', 'moon'),
		marked('', 'moon'),
	]).toEqual([
		'The [Moon] pulls the water.',
		'Moonlight and the [moon]',
		'[Moon]light and the [moon]',
		'the [tid]es and the [TID]E',
		'Une [Élève], [élevé]e',
		'月亮引起[潮汐]，[潮 汐]。',
		'[ＡＢＣ] and ½ 👩‍🎓 [abc]',
		'[e\u0301te\u0301] and the Å',
		'nothing of it',
		'',
	]);
});

test('of a long text the piece is shown that has the most of it, from a word on', () => {
	const filler = 'word '.repeat(60);
	expect(marked(`moon ${filler}before the moon and the tide ${filler}`, 'moon tide ')).toMatch(/^…(word )+before the \[moon\] and the \[tide\] (word )+.*…$/);
	const { text } = snippetOf(`${filler}moon`, patternOf(readTerms('moon')));
	expect(text).toMatch(/ moon$/);
	// Pairs of units are not cut in two.
	expect(snippetOf(`${'🌙'.repeat(100)}潮${'🌙'.repeat(200)}`, patternOf(readTerms('潮'))).text.isWellFormed()).toBe(true);
});
