import { expect, test } from 'vitest';
import { pointsOfHeading, textOfHeading } from './textOfHeading.ts';

test('a heading that asks something is the question, without its number and points', () => {
	expect(
		[
			'Q1. Why are leaves green?',
			'Q1 What does the heart do? (10 points)',
			'48213: Name two causes of the war',
			'Question 2: What is 2+3*4? (5 pts)',
			'第3题：树叶为什么是绿色的（4分）',
			'第1题 为什么树叶是绿的？',
		].map(textOfHeading),
	).toEqual(['Why are leaves green?', 'What does the heart do?', 'Name two causes of the war', 'What is 2+3*4?', '树叶为什么是绿色的', '为什么树叶是绿的？']);
});

test('a heading that is only a name asks nothing', () => {
	expect(['answer', 'Q1', 'Response 2', 'Student answer', '答案', '第1题', 'Q.4 /10.00'].map(textOfHeading)).toEqual(['', '', '', '', '', '', '']);
});

test('the points of a heading are read', () => {
	expect(['Q1 (5 points)', 'Q2 [2,5 pts]', '第1题（4分）', 'Q3 (0 points)', 'Q4 (hard)'].map(pointsOfHeading)).toEqual([5, 2.5, 4, null, null]);
});
