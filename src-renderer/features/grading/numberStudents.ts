import type { Answer } from '#contract/grading.ts';

/** Numbers the students from 1 in the order of the table: the same whether the answers to one question are there or those to all. */
export function numberStudents(answers: readonly Pick<Answer, 'submissionId'>[]): ReadonlyMap<string, number> {
	const numbers = new Map<string, number>();
	for (const { submissionId } of answers) if (!numbers.has(submissionId)) numbers.set(submissionId, numbers.size + 1);
	return numbers;
}
