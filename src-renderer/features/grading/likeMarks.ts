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
	/** Those of the group that do not have it yet. */
	others: Answer[];
}

/** The members of a group that are there, in its order. */
export function membersOf({ memberIds }: AnswerGroup, byId: ReadonlyMap<string, Answer>): Answer[] {
	return memberIds.flatMap((id) => byId.get(id) ?? []);
}

/**
 * The mark that equal answers could all be given: the one that most of them have, else what is proposed for the surest of them. Null where there
 * is neither, or all have it already.
 */
export function sharedMark(question: Question, members: readonly Answer[]): SharedMark | null {
	const marked = members.flatMap(({ mark }) => mark ?? []);
	const oftenest = marked.toSorted(
		(a, b) => marked.filter(({ points }) => points === b.points).length - marked.filter(({ points }) => points === a.points).length,
	)[0];
	const isOther = (worth: number) => members.filter(({ mark }) => mark?.points !== worth);
	if (oftenest) {
		const { points, levels, feedback, accepted } = oftenest;
		const others = isOther(points);
		return others.length === 0 ? null : { points, levels, feedback, accepted, worth: points, others };
	}
	const proposals = members.flatMap(({ proposal }) => (proposal && !proposal.isOutdated ? proposal : []));
	const surest = proposals.toSorted((a, b) => b.confidence - a.confidence)[0];
	if (!surest) return null;
	return { ...markOfProposal(question, surest), feedback: surest.feedback, accepted: true, worth: surest.points, others: isOther(surest.points) };
}
