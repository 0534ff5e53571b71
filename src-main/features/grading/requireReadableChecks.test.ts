import { expect, test } from 'vitest';
import { answerCheck } from '#contract/rubric.ts';
import { requireReadableChecks } from './requireReadableChecks.ts';

const options = ['A', 'B', 'C'].map((letter) => ({ letter, text: `Option ${letter}` }));
const ask = (check: object) => requireReadableChecks([{ name: 'Q1', check: answerCheck.parse(check) }]);

test.each([
	...['2x+(', 'abc', '1/0', '3 or 4'].map((value) => ({ kind: 'number', value })),
	...['2x+(', 'y = = 2x', '1/0', 'y = y'].map((expression) => ({ kind: 'formula', expression })),
	{ kind: 'choice', correct: ['Z'], options },
	{ kind: 'choice', correct: ['A', 'Z'], options },
])('a key that code can decide nothing by is refused before it is kept: %j', async (check) => {
	await expect(ask(check)).rejects.toMatchObject({ code: 'CHECK_UNREADABLE', data: { question: 'Q1', kind: check.kind } });
});

test.each([
	...['14', '2+3*4', '9.81 m/s^2', '1/3', '50 %', '$12', '-4'].map((value) => ({ kind: 'number', value })),
	...['2x + 6', 'y = 2x + 6', 'x^2 + y^2 = 1', 'sqrt(x)', 'ln(x)', 'E = mc^2', '7'].map((expression) => ({ kind: 'formula', expression })),
	...[['A'], ['a', 'C'], ['(B)']].map((correct) => ({ kind: 'choice', correct, options })),
	{ kind: 'choice', correct: ['Z'] },
	{ kind: 'exact', accepted: ['Paris'] },
	{ kind: 'none' },
])('a key that code can decide by is taken: %j', async (check) => {
	await expect(ask(check)).resolves.toBeUndefined();
});
