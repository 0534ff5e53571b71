import type { ExampleTurn } from '#contract/finetune.ts';
import type { AssignmentFields, Submission } from '#contract/grading.ts';
import { type GradePrompts, gradeTurns } from './gradePrompt.ts';
import { writeGrade } from './gradeSchema.ts';

/** What the teacher settled on in one class: for each marked answer its row, and the turns that teach it. */
export interface MarkedClass {
	title: string;
	/** `turns` is null where there is no feedback to learn from beside the score, or more of it than a grade may have. */
	examples: { row: number; turns: ExampleTurn[] | null }[];
}

/**
 * The marks of a class as chats: the very prompt by which a model is asked to grade, and the teacher's score and feedback in the very form
 * that it has to answer in. Suggestions are the proposal's, since the teacher writes none.
 *
 * Answers that are not marked are left out, and so are those that say nothing: no model is ever asked to grade them.
 */
export function markedTurns(prompts: GradePrompts, fields: AssignmentFields, submissions: readonly Submission[]): MarkedClass {
	const examples = submissions.flatMap(({ row, answer, mark, proposal }) => {
		if (mark === null || answer.trim() === '') return [];
		const grade = writeGrade({ feedback: mark.feedback, suggestions: proposal?.suggestions ?? [], score: mark.score });
		return [{ row, turns: grade === null ? null : [...gradeTurns(prompts, fields, answer), { role: 'assistant' as const, content: grade }] }];
	});
	return { title: fields.title, examples };
}
