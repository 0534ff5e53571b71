import { and, eq, inArray } from 'drizzle-orm';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { basisOf } from './basisOf.ts';
import { answer, proposal, question } from './schema.ts';

/**
 * Gives the questions of before their digest, which the migration that made their table cannot compute, and the proposals that rest on them.
 * Whoever's they are: at the start of the app.
 */
export function fillInBases(db: Db): void {
	const without = db
		.select()
		.from(question)
		.where(everyOwner(question.assignmentId, eq(question.basis, '')))
		.all();
	for (const row of without)
		immediate(db, (tx) => {
			const basis = basisOf(row);
			tx.update(question)
				.set({ basis })
				.where(everyOwner(question.assignmentId, eq(question.id, row.id)))
				.run();
			const its = tx
				.select({ id: answer.id })
				.from(answer)
				.where(everyOwner(answer.assignmentId, eq(answer.questionId, row.id)));
			tx.update(proposal)
				.set({ basis })
				.where(and(inArray(proposal.answerId, its), eq(proposal.basis, '')))
				.run();
		});
}
