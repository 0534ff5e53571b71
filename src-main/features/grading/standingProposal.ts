import type { Answer, Proposal } from '#contract/grading.ts';

/**
 * What the teacher has let stand of a model's words: nothing that rests on an older question, and nothing of a proposal that came after the mark. Without a
 * mark it is the whole proposal, which is for whoever asks for proposals too.
 */
export function standingProposal({ mark, proposal }: Pick<Answer, 'mark' | 'proposal'>): Proposal | null {
	if (proposal === null || proposal.isOutdated) return null;
	return mark !== null && !mark.accepted && mark.updatedAt < proposal.createdAt ? null : proposal;
}

/** Its suggestions, which the teacher cannot change: they stand where the proposal was taken over, or at least what it says. */
export function standingSuggestions(answer: Pick<Answer, 'mark' | 'proposal'>): string[] {
	const proposal = standingProposal(answer);
	const { mark } = answer;
	return proposal !== null && (mark === null || mark.accepted || mark.feedback === proposal.feedback) ? proposal.suggestions : [];
}
