import type { Agreement, Figure } from '#contract/agreement.ts';

/** How strict proposals are beside the teacher's marks; `same` where the interval holds no difference, or it is too small to matter. */
export type Leaning = 'same' | 'lenient' | 'strict' | 'unknown';

/** Less than this fraction of the points is no difference that anybody would see. */
const leastLeaning = 0.01;

/** Says on which side the proposals are; `outOf` is the most that can be had. */
export function leaningOf({ value, interval }: Figure, outOf: number): Leaning {
	if (value === null) return 'unknown';
	const isSure = interval === null || interval.low > 0 || interval.high < 0;
	if (!isSure || Math.abs(value) < leastLeaning * outOf) return 'same';
	return value > 0 ? 'lenient' : 'strict';
}

/** How close the proposals are to the teacher, in words. */
export type Closeness = 'unknown' | 'asTeachers' | 'good' | 'moderate' | 'poor';

/**
 * Puts a quadratic weighted kappa in words. Two people who marked the same short answers of pupils aged 5 to 16 reached 0.75 (Henkel et al. 2024,
 * "Can Large Language Models Make the Grade?"); 0.6 and 0.4 are where Landis and Koch 1977 begin "substantial" and "moderate".
 */
export function closenessOf({ qwk, count }: Pick<Agreement, 'qwk' | 'count'>): Closeness {
	// With fewer the next mark may say the opposite.
	if (qwk.value === null || count < 5) return 'unknown';
	if (qwk.value >= 0.75) return 'asTeachers';
	if (qwk.value >= 0.6) return 'good';
	return qwk.value >= 0.4 ? 'moderate' : 'poor';
}

/** How far the marks of two can be relied on, in words. */
export type Reliability = 'unknown' | 'reliable' | 'tentative' | 'poor';

/**
 * Puts Krippendorff's alpha in words: from 0.8 data can be relied on, from 0.667 they bear tentative conclusions (Krippendorff 2004, "Reliability in
 * Content Analysis", Human Communication Research 30).
 */
export function reliabilityOf(alpha: number | null, count: number): Reliability {
	// With fewer the next mark may say the opposite.
	if (alpha === null || count < 5) return 'unknown';
	if (alpha >= 0.8) return 'reliable';
	return alpha >= 0.667 ? 'tentative' : 'poor';
}

/** A pair of points that came up, and how often. */
export interface PlottedPair {
	teacher: number;
	model: number;
	answerIds: string[];
}

/** Joins what lies on the same spot, so that the drawing can show how often it came up. */
export function joinPairs(pairs: readonly { answerId: string; teacher: number; model: number }[]): PlottedPair[] {
	const spots = Map.groupBy(pairs, ({ teacher, model }) => `${teacher} ${model}`);
	return [...spots.values()].flatMap((same) => {
		const [first] = same;
		return first ? [{ teacher: first.teacher, model: first.model, answerIds: same.map(({ answerId }) => answerId) }] : [];
	});
}
