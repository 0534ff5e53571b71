import type { Answer } from './grading.ts';

/** Whether accepting all from a confidence on takes an answer's proposal over: there is no mark, and nothing has changed since it was made. */
export function canAccept({ mark, proposal }: Pick<Answer, 'mark' | 'proposal'>, leastConfidence: number): boolean {
	return mark === null && proposal !== null && !proposal.isOutdated && proposal.confidence >= leastConfidence;
}
