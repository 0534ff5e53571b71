import type { Answer } from '#contract/grading.ts';
import { isDoubtful } from './arrangeDesk.ts';

/** What accepting all from a confidence on would settle. */
export interface BulkShare {
	/** Those that it could be done for at all: proposed, not outdated, and without a mark. */
	open: number;
	accepted: number;
	/** Of the accepted, those that a person should look at. */
	doubtful: number;
}

/** Counts what the app would accept from a confidence on; it goes by the same rule. */
export function bulkShare(answers: readonly Answer[], leastConfidence: number): BulkShare {
	const open = answers.filter(({ mark, proposal }) => mark === null && proposal !== null && !proposal.isOutdated);
	const accepted = open.filter(({ proposal }) => proposal !== null && proposal.confidence >= leastConfidence);
	return { open: open.length, accepted: accepted.length, doubtful: accepted.filter(isDoubtful).length };
}
