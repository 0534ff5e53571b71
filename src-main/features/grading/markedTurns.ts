import { scoreOfPoints } from '#contract/addUp.ts';
import type { ExampleTurn } from '#contract/finetune.ts';
import type { Answer, Mark, Proposal } from '#contract/grading.ts';
import { type Asked, type GradePrompts, gradeTurns } from './gradePrompt.ts';
import { writeGrade, writeRubricGrade } from './gradeSchema.ts';

/** What the teacher settled on in one class: for each marked answer its row, and the turns that teach it. */
export interface MarkedClass {
	title: string;
	/** `turns` is null where there is no feedback to learn from beside the mark, or more of it than a grade may have, or no level of each criterion. */
	examples: { row: number; turns: ExampleTurn[] | null }[];
}

/** A question with the points of a whole answer. */
export type MarkedQuestion = Asked & { points: number };

/**
 * The marks of a class as chats: the very prompt by which a model is asked to grade, and the teacher's mark and feedback in the very form
 * that it has to answer in. The evidence for a level on which both agree is the proposal's, where it stands in the answer; of its words only those are
 * learnt that were taken over with it.
 *
 * Answers that are not marked are left out, and so are those that say nothing: no model is ever asked to grade them.
 */
export function markedTurns(prompts: GradePrompts, questions: ReadonlyMap<string, MarkedQuestion>, answers: readonly Answer[]): MarkedClass['examples'] {
	return answers.flatMap(({ row, questionId, text, mark, proposal }) => {
		const asked = questions.get(questionId);
		if (!asked || mark === null || text.trim() === '') return [];
		const grade = writeMark(asked, mark, mark.accepted ? proposal : proposal && withoutWords(proposal));
		return [{ row, turns: grade === null ? null : [...gradeTurns(prompts, asked, text), { role: 'assistant' as const, content: grade }] }];
	});
}

function withoutWords(proposal: Proposal): Proposal {
	return { ...proposal, suggestions: [], verdicts: proposal.verdicts.map((verdict) => ({ ...verdict, reason: '' })) };
}

/** A mark in the form that a model has to answer in; null where it does not fit that form. */
export function writeMark({ rubric, points: outOf }: MarkedQuestion, { points, levels, feedback }: Mark, proposal: Proposal | null): string | null {
	const suggestions = proposal?.suggestions ?? [];
	if (rubric.length === 0) return writeGrade({ feedback, suggestions, score: scoreOfPoints(points, outOf) });
	const criteria = Object.entries(levels).map(([criterionId, levelId]) => {
		const agreed = proposal?.verdicts.find((verdict) => verdict.criterionId === criterionId && verdict.levelId === levelId);
		return { criterionId, levelId, quote: agreed?.place ? agreed.quote : null, reason: agreed?.reason ?? '' };
	});
	return writeRubricGrade(rubric, { criteria, feedback, suggestions });
}
