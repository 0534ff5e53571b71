import type { FailureRecord } from '#contract/errors.ts';
import type { Assignment } from '#contract/grading.ts';

/** Why an answer alone could not be graded: said where the answer is. */
const ofAnswers: readonly string[] = ['ANSWER_TOO_LONG', 'GRADE_INVALID'];

/** Why the grading of a class stopped, for every page of it; null where it goes on, or where only answers failed and others of the class did not. */
export function failureOfJob({ job, counts }: Pick<Assignment, 'job' | 'counts'>): FailureRecord | null {
	if (job?.state !== 'failed' && job?.state !== 'paused') return null;
	const isOfAnswers = job.state === 'failed' && job.failure !== null && ofAnswers.includes(job.failure.code);
	return isOfAnswers && counts.graded > 0 ? null : job.failure;
}
