import { expect, test } from 'vitest';
import { answerOf } from './answerOf.test-support.ts';
import { listDesk } from './listDesk.ts';
import { numberStudents } from './numberStudents.ts';

const [ann1, ann2, bob1] = [answerOf(2, { id: 'ann1', submissionId: 'ann' }), answerOf(2, { id: 'ann2', submissionId: 'ann' }), answerOf(3, { id: 'bob1' })];
const shape = (view: 'question' | 'student') =>
	listDesk([ann1, ann2, bob1], view).map((item) => (item.kind === 'answer' ? `${item.index} ${item.answer.id}` : item.answers.map(({ id }) => id)));

test('by student puts a head over the answers of each, by question none', () => {
	expect(shape('question')).toEqual(['0 ann1', '1 ann2', '2 bob1']);
	expect(shape('student')).toEqual([['ann1', 'ann2'], '0 ann1', '1 ann2', ['bob1'], '2 bob1']);
});

test('a student has the same number by question and by student', () => {
	expect([...numberStudents([ann1, ann2, bob1]).values()]).toEqual([1, 2]);
	expect(numberStudents([ann1, bob1])).toEqual(numberStudents([ann1, ann2, bob1]));
});
