import type { AnswerGroup } from '#contract/agreement.ts';
import type { Answer, Question } from '#contract/grading.ts';
import { markOfProposal } from './chosenLevels.ts';

/** A mark that a whole group could be given. */
export interface SharedMark {
	/** Null: they follow from the levels. */
	points: number | null;
	levels: Record<string, string>;
	feedback: string;
	accepted: boolean;
	/** What it comes to. */
	worth: number;
	/** Whether it is only what is proposed. */
	isProposed: boolean;
	/** Those of the group without a mark. */
	others: Answer[];
}

/** The members of a group that are there, in its order. */
export function membersOf({ memberIds }: AnswerGroup, byId: ReadonlyMap<string, Answer>): Answer[] {
	return memberIds.flatMap((id) => byId.get(id) ?? []);
}

/**
 * The mark that those of equal answers which have none could be given: the one that the others have, else what is proposed for the surest of them. Null
 * where there is neither, where all have a mark, and where the teacher gave them different ones: which of them is meant nobody else can say.
 */
export function sharedMark(question: Question, members: readonly Answer[]): SharedMark | null {
	const others = members.filter(({ mark }) => mark === null);
	const [given, ...more] = members.flatMap(({ mark }) => mark ?? []);
	if (others.length === 0 || more.some(({ points }) => points !== given?.points)) return null;
	if (given) {
		const { points, levels, feedback, accepted } = given;
		return { points, levels, feedback, accepted, worth: points, isProposed: false, others };
	}
	const proposals = members.flatMap(({ proposal }) => (proposal && !proposal.isOutdated ? proposal : []));
	const surest = proposals.toSorted((a, b) => b.confidence - a.confidence)[0];
	if (!surest) return null;
	return { ...markOfProposal(question, surest), feedback: surest.feedback, accepted: true, worth: surest.points, isProposed: true, others };
}
