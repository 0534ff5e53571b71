import type { Answer } from '#contract/grading.ts';

/** A row of the desk's list: an answer with its place among those shown, or the head above the answers of one student. */
export type DeskItem = { kind: 'answer'; answer: Answer; index: number } | { kind: 'student'; first: Answer; answers: readonly Answer[] };

/** Lists the answers that the desk shows; by student, under a head for each, as far as a student's answers follow one another. */
export function listDesk(shown: readonly Answer[], view: 'question' | 'student'): DeskItem[] {
	const items: DeskItem[] = [];
	let own: Answer[] = [];
	for (const [index, answer] of shown.entries()) {
		if (view === 'student' && own[0]?.submissionId !== answer.submissionId) {
			own = [];
			items.push({ kind: 'student', first: answer, answers: own });
		}
		own.push(answer);
		items.push({ kind: 'answer', answer, index });
	}
	return items;
}
