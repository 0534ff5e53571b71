import { and, eq, inArray } from 'drizzle-orm';
import type { Store } from '../../platform/database/openDatabase.ts';
import { findUnlike } from './agreement/findUnlike.ts';
import { ofAnswers, readAnswers, readQuestion } from './gradingRows.ts';
import type { LikeGroups } from './LikeGroups.ts';
import { answer, proposal } from './schema.ts';

/**
 * Sees to it that of the proposals for a question those, and only those, are in doubt for `likeAnswersDiffer` that differ from what like answers are
 * proposed to get (findUnlike.ts). Outdated ones stay as they are. Gives back the answers of which that changed.
 *
 * Call it when proposals have come or what they are worth has changed. Up to a second of work where the answers have not been grouped before.
 */
export function doubtUnlike(store: Store, groups: LikeGroups, ownerId: string, assignmentId: string, questionId: string): string[] {
	const answers = readAnswers(store, ownerId, assignmentId, { questionId });
	const proposed = new Map(answers.flatMap(({ id, proposal: of }) => (of && !of.isOutdated ? [[id, of] as const] : [])));
	if (proposed.size === 0) return [];
	const points = new Map([...proposed].map(([id, of]) => [id, of.points]));
	const unlike = findUnlike(
		groups.of({ ownerId, assignmentId, questionId }, answers).groups,
		points,
		readQuestion(store, ownerId, assignmentId, questionId).points,
	);
	const changed = [...proposed].filter(([id, { doubts }]) => doubts.includes('likeAnswersDiffer') !== unlike.has(id));
	for (const [id, { doubts, createdAt }] of changed) {
		const others = doubts.filter((doubt) => doubt !== 'likeAnswersDiffer');
		const its = store
			.select({ id: answer.id })
			.from(answer)
			.where(ofAnswers(ownerId, assignmentId, eq(answer.id, id)));
		store
			.update(proposal)
			.set({ doubts: unlike.has(id) ? [...others, 'likeAnswersDiffer'] : others })
			.where(and(inArray(proposal.answerId, its), eq(proposal.createdAt, createdAt)))
			.run();
	}
	return changed.map(([id]) => id);
}
