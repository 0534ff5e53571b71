import { expect, test } from 'vitest';
import { answersIn } from './answersIn.ts';
import { withLayout } from './withLayout.ts';

const who = { studentId: 'id', studentNames: ['name'], studentClass: null };

test('a long table finds its questions and answers, and keeps who a student is', () => {
	expect(withLayout({ layout: 'wide', ...who, answers: answersIn(['response'], []) }, 'long', ['id', 'name', 'item', 'response', 'room'])).toEqual({
		layout: 'long',
		...who,
		question: 'item',
		answer: 'response',
		points: null,
	});
	expect(withLayout(null, 'long', ['学号', '题目', '答案'])).toMatchObject({ question: '题目', answer: '答案' });
});

test('a wide table begins with the column that held the answers', () => {
	expect(withLayout({ layout: 'long', ...who, question: 'item', answer: 'response', points: null }, 'wide', ['id', 'name', 'item', 'response'])).toMatchObject({
		layout: 'wide',
		...who,
		answers: [{ column: 'response', questionName: 'response' }],
	});
	expect(withLayout(null, 'wide', ['Q1', 'Q2'])).toMatchObject({ answers: [{ column: 'Q1' }] });
});

test('a column that is taken again keeps what was known of its question', () => {
	const known = { ...answersIn(['Q1'], [])[0], questionText: 'Why?' };
	expect(answersIn(['Q1', 'Q2'], [{ column: 'Q1', questionName: '1', textColumn: null, keyColumn: null, points: 5, ...known }])).toMatchObject([
		{ column: 'Q1', questionText: 'Why?' },
		{ column: 'Q2', questionText: '' },
	]);
});
