import { expect, test } from 'vitest';
import { answerOf, gradedOf, markOf, question } from './answerOf.test-support.ts';
import { arrangeDesk } from './arrangeDesk.ts';
import { deskTrust } from './deskTrust.ts';

const failure = { code: 'MODEL_WORKER_CRASHED', message: '', data: {} };
const accepted = { ...markOf(5), accepted: true };
const desk = [
	gradedOf(1, 5, { confidence: 0.1 }, { mark: markOf(4) }),
	answerOf(2, { status: 'failed', failure, mark: markOf(1) }),
	gradedOf(3, 5, { confidence: 0.9 }),
	answerOf(4),
	gradedOf(5, 2, { confidence: 0.8 }),
	answerOf(6, { status: 'failed', failure }),
	// Taken over from a proposal that says something else now.
	gradedOf(7, 2, { confidence: 0.2 }, { mark: accepted }),
];

test('what is settled when the desk is put up comes last by doubt, and what is settled there stays where it is', () => {
	const eye = { marker: 'first', jobActive: false, trust: deskTrust(question, desk) } as const;
	const rows = (answers: typeof desk) => arrangeDesk(answers, 'all', 'doubt', eye).map(({ row }) => row);
	expect(rows(desk)).toEqual([6, 7, 5, 3, 4, 1, 2]);
	expect(rows(desk.map((answer) => (answer.row === 5 ? { ...answer, mark: markOf(2) } : answer)))).toEqual([6, 7, 5, 3, 4, 1, 2]);
	expect(rows(desk.map((answer) => (answer.row === 6 ? { ...answer, mark: markOf(2) } : answer)))).toEqual([6, 7, 5, 3, 4, 1, 2]);
});
