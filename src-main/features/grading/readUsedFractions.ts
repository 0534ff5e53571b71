import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Store } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { ClassCost, mostSeen } from './ClassCost.ts';
import type { GradePrompts } from './gradePrompt.ts';
import { askedOf, isForItsText } from './gradingRows.ts';
import { answer, assignment, proposal, question } from './schema.ts';

/**
 * What a model used for each look at the answers that it graded last for this owner, with whatever adapter, as a fraction of what ClassCost
 * counts for it, newest last; empty where it has graded none.
 */
export function readUsedFractions(store: Store, prompts: GradePrompts, ownerId: string, modelName: string): number[] {
	const isOfModel = sql`(${proposal.modelName} = ${modelName} or substr(${proposal.modelName}, 1, ${modelName.length + 3}) = ${`${modelName} + `})`;
	const rows = store
		.select({ answer, assignment, question, tokens: proposal.tokens, second: proposal.second })
		.from(proposal)
		.innerJoin(answer, eq(answer.id, proposal.answerId))
		.innerJoin(assignment, eq(assignment.id, answer.assignmentId))
		.innerJoin(question, and(eq(question.id, answer.questionId), eq(question.assignmentId, assignment.id)))
		.where(and(owned(assignment, ownerId), isOfModel, isForItsText, gt(proposal.tokens, 0)))
		.orderBy(desc(proposal.createdAt))
		.limit(mostSeen)
		.all();
	return rows.toReversed().map(({ answer: { questionId, text }, assignment: of, question: asked, tokens, second }) => {
		const cost = new ClassCost(prompts, new Map([[questionId, askedOf(of, asked)]]), { passes: 1, withMarks: false });
		return tokens / (second ? 2 : 1) / cost.countedTokens({ questionId, text });
	});
}
