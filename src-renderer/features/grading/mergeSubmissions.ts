import type { Submission } from '#contract/grading.ts';

/** Lays changed submissions over those on the desk, later ones over earlier ones. What did not change stays the same object, so its row is not drawn again. */
export function mergeSubmissions(submissions: readonly Submission[], changed: readonly Submission[]): Submission[] {
	const newest = new Map(changed.map((submission) => [submission.id, submission]));
	return submissions.map((submission) => newest.get(submission.id) ?? submission);
}
