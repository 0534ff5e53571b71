import { expect, test } from 'vitest';
import { missingIn, newQuestion, type QuestionDraft, readQuestion, unheaded } from './questionDraft.ts';

const whole: QuestionDraft = { ...newQuestion({ ...unheaded, heading: 'Q1', name: 'Q1' }), text: 'Why?', isCheckOwn: true };
const level = (id: string, points: number) => ({ id, name: id, description: '', points });
const rubricWith = (name: string, best: number): QuestionDraft['rubric'] => [
	{ id: 'c', kind: 'levels', name, description: '', levels: [level('a', best), level('b', 0)], byCheck: false },
];

test('a draft lacks what the contract would refuse, and nothing else', () => {
	const drafts: [QuestionDraft, ReturnType<typeof missingIn>][] = [
		[whole, null],
		[{ ...whole, text: ' ' }, 'text'],
		[{ ...whole, points: Number.NaN }, 'points'],
		[{ ...whole, points: 0 }, 'points'],
		[{ ...whole, check: { kind: 'exact', accepted: [] } }, 'check'],
		[{ ...whole, rubric: rubricWith('', 2) }, 'rubric'],
		[{ ...whole, rubric: rubricWith('Cause', Number.NaN) }, 'rubric'],
		[{ ...whole, rubric: rubricWith('Cause', 2.5) }, null],
	];
	expect(drafts.map(([draft]) => missingIn(draft))).toEqual(drafts.map(([, missing]) => missing));
	expect(drafts.map(([draft]) => readQuestion(draft) !== null)).toEqual(drafts.map(([, missing]) => missing === null));
});

test('a question that has no name yet, for there is no table yet, lacks nothing that could be written', () => {
	expect(missingIn({ ...whole, name: '' })).toBeNull();
});
