import { expect, test } from 'vitest';
import { chrfOf, countChrf } from './chrf.ts';

// Recorded with sacrebleu 2.6.0, `CHRF()`: nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no.
const recorded: [answer: string, reference: string, score: number][] = [
	['The cat sat on the mat.', 'The cat is sitting on the mat.', 49.6485170311433],
	['早上好。', '早上好！', 47.91666666666667],
	['ab', 'abcdefgh', 23.404255319148938],
	['', 'x', 0],
	['hello world', 'hello world', 100],
	['x y', 'z', 0],
];

test.each(recorded)('“%s” beside “%s” scores as sacrebleu scores it', (answer, reference, score) => {
	expect(chrfOf([countChrf(answer, reference)])).toBeCloseTo(score, 10);
});

test('a whole test set is scored by all its n-grams together, as sacrebleu does', () => {
	expect(chrfOf(recorded.map(([answer, reference]) => countChrf(answer, reference)))).toBeCloseTo(54.33236813889704, 10);
});

test('nothing at all scores nothing', () => {
	expect(chrfOf([])).toBe(0);
	expect(chrfOf([countChrf('  ', '\n')])).toBe(0);
});
