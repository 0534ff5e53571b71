import type { Answer } from '#contract/grading.ts';

/** Lays changed answers over those on the desk, later ones over earlier ones. What did not change stays the same object, so its row is not drawn again. */
export function mergeAnswers(answers: readonly Answer[], changed: Iterable<Answer>): Answer[] {
	const newest = new Map([...changed].map((answer) => [answer.id, answer]));
	return answers.map((answer) => newest.get(answer.id) ?? answer);
}
