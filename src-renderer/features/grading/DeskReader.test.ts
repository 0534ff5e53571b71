import { expect, test } from 'vitest';
import type { Answer } from '#contract/grading.ts';
import { answerOf } from './answerOf.test-support.ts';
import { DeskReader } from './DeskReader.ts';

/** A class of two students and two questions, read one answer after another as the test lets it. */
function openDesk(questionId: string | null) {
	const desk = { questionId, asked: [] as string[], standing: [] as string[], held: null as string[] | null };
	let answerNext = () => {};
	const reader = new DeskReader({
		ask: () => ({ assignmentId: 'x', questionIds: ['q', 'p'], questionId: desk.questionId }),
		answers: (_assignmentId, id) => {
			desk.asked.push(id);
			return new Promise((resolve) => {
				answerNext = () => resolve([1, 2].map((row) => answerOf(row, { id: `${id}${row}`, questionId: id })));
			});
		},
		onRead: (read: readonly Answer[], held: Answer[] | null) => {
			desk.standing.push(...read.map(({ id, status }) => `${id} ${status}`));
			desk.held = held?.map(({ id, status }) => `${id} ${status}`) ?? desk.held;
		},
		idle: async () => {},
	});
	const step = async () => {
		answerNext();
		await new Promise((resolve) => setTimeout(resolve));
	};
	return { desk, reader, step };
}

test('holds the question on the desk first and then only counts the others, each once', async () => {
	const { desk, reader, step } = openDesk('p');
	void reader.read();
	await step();
	expect(desk.held).toEqual(['p1 waiting', 'p2 waiting']);
	await step();
	expect(desk).toMatchObject({ asked: ['p', 'q'], held: ['p1 waiting', 'p2 waiting'], standing: ['p1 waiting', 'p2 waiting', 'q1 waiting', 'q2 waiting'] });
	desk.questionId = 'q';
	void reader.read();
	await step();
	expect(desk.asked).toEqual(['p', 'q', 'q']);
});

test('a desk that begins asks for its first question once, before it knows which that is', async () => {
	const { desk, reader, step } = openDesk('q');
	reader.begin('x');
	reader.came([answerOf(2, { id: 'first2', questionId: 'first', status: 'graded' })]);
	void reader.read();
	await step();
	expect(desk).toMatchObject({ asked: ['first', 'p'], held: ['first1 waiting', 'first2 graded'] });
	await step();
	void reader.read();
	await step();
	expect(desk.asked).toEqual(['first', 'p', 'q']);
});

test('what a desk that was left asked for is not shown on the next', async () => {
	const { desk, reader, step } = openDesk('q');
	reader.begin('x');
	reader.stop();
	await step();
	void reader.read();
	await step();
	expect(desk).toMatchObject({ asked: ['first', 'q', 'p'], held: ['q1 waiting', 'q2 waiting'] });
});

test('by student holds all answers, student after student', async () => {
	const { desk, reader, step } = openDesk(null);
	void reader.read();
	await step();
	expect(desk.held).toBeNull();
	await step();
	expect(desk.held).toEqual(['q1 waiting', 'p1 waiting', 'q2 waiting', 'p2 waiting']);
});

test('what changed while it was being read is not lost, and what was asked for before is passed over', async () => {
	const { desk, reader, step } = openDesk('q');
	void reader.read();
	reader.came([answerOf(2, { id: 'q2', questionId: 'q', status: 'graded' })]);
	await step();
	expect(desk.held).toEqual(['q1 waiting', 'q2 graded']);
	const before = desk.standing.length;
	reader.stop();
	await step();
	expect(desk.standing).toHaveLength(before);
});
