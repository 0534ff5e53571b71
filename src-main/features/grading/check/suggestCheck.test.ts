import { describe, expect, test } from 'vitest';
import { checkAnswer } from './checkAnswer.ts';
import { suggestCheck } from './suggestCheck.ts';

const sums = [
	'2+3×4',
	'2+3*4=',
	'Calculate 2+3×4.',
	'What is 2 + 3 × 4?',
	'Work out 2+3x4',
	'计算2+3×4',
	'计算：2+3×4＝',
	'２＋３×４等于多少？',
	'2+3×4是多少',
	'2+3×4=____',
];
test.each(sums)('a question that is nothing but a sum is checked by working it out: %s', (question) => {
	const check = suggestCheck(question, '');
	expect(check.kind).toBe('number');
	for (const answer of ['14', 'It is 14.', '答案是14。', '2+3×4=14']) expect(checkAnswer(check, answer).kind).toBe('right');
	for (const answer of ['20', 'It is 20.', '答案是20。', '2+3×4=20']) expect(checkAnswer(check, answer).kind).toBe('wrong');
});

test.each([
	['What is 2+3×4?', '14', '14'],
	['How far?', '12.5 km', '12.5 km'],
	['速度是多少？', '9.81 m/s²', '9.81 m/s²'],
	['Solve for x', 'x = 3', '3'],
	['面积？', '12平方厘米', '12平方厘米'],
	['Share', '1/3', '1/3'],
	['Of 40?', '50%', '50%'],
	['?', 'The answer is 7.', '7'],
])('a key that is a number is compared with: %s %s', (question, key, value) => {
	expect(suggestCheck(question, key)).toMatchObject({ kind: 'number', value });
});

describe('options that a question lists make a choice where the key names some of them', () => {
	const options = ['Nucleus', 'Mitochondria', 'Ribosome'].map((text, i) => ({ letter: 'ABC'.charAt(i), text }));
	test.each([
		['Which makes energy?\nA. Nucleus\nB. Mitochondria\nC. Ribosome', 'B', ['B']],
		['Which makes energy? A) Nucleus B) Mitochondria C) Ribosome', '(b)', ['B']],
		['哪些？\nA、Nucleus\nB、Mitochondria\nC、Ribosome', 'A、C', ['A', 'C']],
		['Which two?\n(A) Nucleus\n(B) Mitochondria\n(C) Ribosome', 'B and C', ['B', 'C']],
	])('%s', (question, key, correct) => {
		expect(suggestCheck(question, key)).toEqual({ kind: 'choice', correct, options });
	});
});

test.each([
	['Why do leaves look green?', ''],
	['Why do leaves look green?', 'Chlorophyll reflects green light.'],
	['Explain why 2+3×4 is 14.', '14'],
	['When did the war end?', ''],
	['2024-05-01', ''],
	['Name the capital of France.', 'Paris'],
	['Name a vitamin.', 'C'],
	['How many?', '3 or 4'],
	['What happened in 1789?', 'The revolution of 1789'],
	['Solve 2x+3=7', ''],
	['', ''],
])('anything else is for a reader: %s %s', (question, key) => {
	expect(suggestCheck(question, key)).toEqual({ kind: 'none' });
});
