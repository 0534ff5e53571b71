import type { Submission } from '#contract/grading.ts';

/** What a class reached. Only answers that have a score count: one that is not graded is no zero. */
export interface ScoreStatistics {
	count: number;
	/** Both null while nothing has a score. */
	average: number | null;
	median: number | null;
	/** How many scores lie in 0-9, 10-19 … 80-89 and 90-100. */
	bands: number[];
}

/** The score that counts for a submission: the teacher's mark, else the model's proposal, else none. */
export function scoreOf(submission: Pick<Submission, 'mark' | 'proposal'>): number | null {
	return submission.mark?.score ?? submission.proposal?.score ?? null;
}

/** Sums up the scores of a class for the strip above the desk. Scores are whole numbers from 0 to 100. */
export function scoreStatistics(scores: readonly number[]): ScoreStatistics {
	const bands = Array.from({ length: 10 }, () => 0);
	for (const score of scores) {
		const band = Math.min(9, Math.floor(score / 10));
		bands[band] = (bands[band] ?? 0) + 1;
	}
	const count = scores.length;
	if (count === 0) return { count, average: null, median: null, bands };
	const sorted = scores.toSorted((a, b) => a - b);
	const upper = sorted[Math.floor(count / 2)] ?? 0;
	const lower = sorted[Math.floor((count - 1) / 2)] ?? 0;
	return { count, average: scores.reduce((sum, score) => sum + score, 0) / count, median: (lower + upper) / 2, bands };
}
