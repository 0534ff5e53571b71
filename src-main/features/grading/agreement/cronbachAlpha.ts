import { variance } from './variance.ts';

/**
 * How consistently the questions of a test measure one thing: k/(k-1) · (1 - sum of the questions' variances / variance of the sums)
 * (Cronbach 1951, "Coefficient alpha and the internal structure of tests").
 *
 * `scores[student][question]`, without gaps. At most 1; below 0 where questions run against one another. Null with fewer than two questions or
 * students, or where all sums are equal.
 */
export function cronbachAlpha(scores: readonly (readonly number[])[]): number | null {
	const questions = scores[0]?.length ?? 0;
	const ofSums = variance(scores.map((row) => row.reduce((sum, score) => sum + score, 0)));
	if (questions < 2 || ofSums === null || ofSums < 1e-12) return null;
	let ofQuestions = 0;
	for (let question = 0; question < questions; question++) ofQuestions += variance(scores.map((row) => row[question] ?? 0)) ?? 0;
	return (questions / (questions - 1)) * (1 - ofQuestions / ofSums);
}
