import { expect, test } from 'vitest';
import type { FoundQuestion } from '#contract/grading.ts';
import { followQuestions, type Questions } from './followQuestions.ts';
import { newQuestion, unheaded } from './questionDraft.ts';

const found = (heading: string, more: Partial<FoundQuestion> = {}): FoundQuestion => ({ heading, name: heading, text: '', key: '', points: null, ...more });
const written = (heading: string, text: string) => ({ ...newQuestion(heading === '' ? unheaded : found(heading)), text });
const of = (...questions: ReturnType<typeof written>[]): Questions => ({ questions, putAway: [] });
const follow = (before: Questions, headings: string[]) =>
	followQuestions(
		before,
		headings.map((heading) => found(heading)),
	);
const shown = ({ questions }: Questions) => questions.map(({ name, text }) => [name, text]);

test('what was written before the table came belongs to its first question', () => {
	expect(shown(follow(of(written('', 'Why?')), ['answer']))).toEqual([['answer', 'Why?']]);
	expect(shown(follow(of(written('', 'Why?')), ['Q1', 'Q2']))).toEqual([
		['Q1', 'Why?'],
		['Q2', ''],
	]);
});

test('the only question stays what it is when its answers stand in another column', () => {
	expect(shown(follow(of(written('answer', 'Why?')), ['essay']))).toEqual([['essay', 'Why?']]);
});

test('what the table brings along fills what was not written, and takes nothing away that was', () => {
	const brought = [found('Q1', { text: 'Why are leaves green?', key: 'Chlorophyll', points: 4 }), found('Q2', { text: 'What is 2 + 3?' })];
	const fresh = followQuestions(of(newQuestion(unheaded)), brought).questions;
	expect(fresh.map(({ text, key, points }) => [text, key, points])).toEqual([
		['Why are leaves green?', 'Chlorophyll', 4],
		['What is 2 + 3?', '', 100],
	]);
	const [kept] = followQuestions(of(written('', 'My own question')), brought).questions;
	expect([kept?.text, kept?.key, kept?.points]).toEqual(['My own question', 'Chlorophyll', 4]);
});

test('a column that is left out and taken again has its question still', () => {
	const both = of(written('Q1', 'One?'), written('Q2', 'Two?'));
	const without = follow(both, ['Q2']);
	expect(shown(without)).toEqual([['Q2', 'Two?']]);
	expect(shown(follow(without, ['Q1', 'Q2']))).toEqual([
		['Q1', 'One?'],
		['Q2', 'Two?'],
	]);
});

test('a table without a column of answers shows no question of another one, and what was written is not lost', () => {
	const one = follow(of(written('Q1', 'One?')), []);
	expect(shown(one)).toEqual([['', 'One?']]);
	expect(shown(follow(one, ['essay']))).toEqual([['essay', 'One?']]);
	const brought = followQuestions(of(newQuestion(unheaded)), [found('Q1', { text: 'Why?' }), found('Q2', { text: 'How?' })]);
	expect(shown(follow(brought, []))).toEqual([['', '']]);
	const two = follow(of(written('Q1', 'One?'), written('Q2', 'Two?')), []);
	expect(shown(two)).toEqual([['', '']]);
	expect(shown(follow(two, ['Q1', 'Q2']))).toEqual([
		['Q1', 'One?'],
		['Q2', 'Two?'],
	]);
});
