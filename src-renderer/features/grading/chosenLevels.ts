import type { Answer, Marker, Proposal, Question } from '#contract/grading.ts';
import type { Rubric } from '#contract/rubric.ts';
import { addUpLevels } from './addUpLevels.ts';
import { ownMark, seenProposal } from './arrangeDesk.ts';
import type { ChosenLevels } from './deskStore.ts';

/** The levels that a proposal chose, as far as the rubric still has them. */
export function proposedLevels(rubric: Rubric, proposal: Pick<Proposal, 'verdicts'> | null): ChosenLevels {
	return known(rubric, Object.fromEntries((proposal?.verdicts ?? []).map(({ criterionId, levelId }) => [criterionId, levelId])));
}

/**
 * The levels that stand for an answer: what was just chosen over what is kept. Without a mark the proposal's stand for those that nobody has
 * chosen; of a proposal by another rubric none does.
 */
export function chosenLevels({ rubric }: Pick<Question, 'rubric'>, answer: Answer, marker: Marker, draft: ChosenLevels = {}): ChosenLevels {
	const mark = ownMark(answer, marker);
	const proposal = seenProposal(answer, marker);
	const kept = mark?.levels ?? proposedLevels(rubric, proposal?.isOutdated ? null : proposal);
	return known(rubric, { ...kept, ...draft });
}

/** The points and levels that take a proposal over as a mark; the points follow from the levels where there is one for each criterion. */
export function markOfProposal({ rubric, points: outOf }: Question, proposal: Proposal): { points: number | null; levels: Record<string, string> } {
	const levels = proposedLevels(rubric, proposal);
	return { points: addUpLevels(rubric, levels, outOf) === null ? proposal.points : null, levels: { ...levels } };
}

/**
 * Tells whether a mark as it is about to be kept only takes over the proposal that is in view: its points and levels, whatever becomes of the
 * feedback. What the marker had chosen before by themselves stays their own.
 */
export function takesOver(question: Question, { mark, proposal }: Answer, marker: Marker, given: { points: number | null; levels: ChosenLevels }): boolean {
	const { rubric, points: outOf } = question;
	if (marker === 'second' || proposal === null || proposal.isOutdated) return false;
	const points = given.points ?? addUpLevels(rubric, given.levels, outOf);
	const isLike = (of: { points: number; levels: ChosenLevels }) => points === of.points && rubric.every(({ id }) => given.levels[id] === of.levels[id]);
	if (mark !== null && !mark.accepted && isLike(mark)) return false;
	return isLike({ points: proposal.points, levels: proposedLevels(rubric, proposal) });
}

function known(rubric: Rubric, levels: ChosenLevels): ChosenLevels {
	return Object.fromEntries(
		Object.entries(levels).filter(([id, levelId]) => rubric.find((criterion) => criterion.id === id)?.levels.some((level) => level.id === levelId)),
	);
}
