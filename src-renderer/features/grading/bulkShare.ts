import { canAccept } from '#contract/canAccept.ts';
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

/** Counts what the app would accept from a confidence on. */
export function bulkShare(answers: readonly Answer[], leastConfidence: number): BulkShare {
	const open = answers.filter((answer) => canAccept(answer, 0));
	const accepted = open.filter((answer) => canAccept(answer, leastConfidence));
	return { open: open.length, accepted: accepted.length, doubtful: accepted.filter(isDoubtful).length };
}
