import { expect, test } from 'vitest';
import { keySentences } from './keySentences.ts';

const key = 'Chlorophyll takes in red and blue light. It sends green light back.';

test.each([
	['It sends green light back', ['it sends green light back'], false],
	['it  sends GREEN light back!\nChlorophyll takes in red and blue light.', ['chlorophyll takes in red and blue light', 'it sends green light back'], true],
	['It sends green light back. That is not true.', [], false],
	['It sends green light back?', [], false],
	['It never sends green light back.', [], false],
	['', [], false],
])('of %j', (answer, said, isWhole) => {
	const found = keySentences(key, answer);
	expect({ said: [...found.said].toSorted(), isWhole: found.isWhole }).toEqual({ said, isWhole });
});

test('Chinese, and one word', () => {
	expect(keySentences('光合作用需要光。它产生氧气。', '它产生氧气。光合作用需要光').isWhole).toBe(true);
	expect(keySentences('14', ' １４. ').isWhole).toBe(true);
	expect(keySentences('', '').isWhole).toBe(false);
});
