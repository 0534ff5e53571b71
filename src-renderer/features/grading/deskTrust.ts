import type { Answer, Question } from '#contract/grading.ts';
import { deskStatus } from './arrangeDesk.ts';
import { trustByMarks } from './trustByMarks.ts';

/** Behind what is trusted most, and behind what has no proposal. */
const settledTrust = 3;

/** In which order a person looks at the answers to a question when they are put on the desk: by how far each proposal can be trusted (trustByMarks.ts), and last what is settled. */
export function deskTrust(question: Question, answers: readonly Answer[]): Map<string, number> {
	const settled = answers.filter((answer) => deskStatus(answer, { marker: 'first', jobActive: false }) === 'settled');
	return new Map([...trustByMarks(question, answers), ...settled.map(({ id }) => [id, settledTrust] as const)]);
}
