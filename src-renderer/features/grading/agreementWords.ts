import type { Agreement } from '#contract/agreement.ts';

/** How strict proposals are beside the teacher's marks; `same` where the difference is too small to matter, `unknown` where the marks do not tell yet. */
export type Leaning = 'same' | 'lenient' | 'strict' | 'unknown';

/** With fewer marks the next one may say the opposite. */
const fewest = 5;
/** Less than this fraction of the points is no difference that anybody would see. */
const leastLeaning = 0.01;
/** A difference up to this fraction of the points is small beside that of two teachers. */
const smallLeaning = 0.05;

/** Says on which side the proposals are; `outOf` is the most that can be had. */
export function leaningOf({ bias: { value, interval }, count }: Pick<Agreement, 'bias' | 'count'>, outOf: number): Leaning {
	if (value === null || count < fewest) return 'unknown';
	// Without an interval all differences are the same.
	const isSure = interval === null || interval.low > 0 || interval.high < 0;
	if (isSure && Math.abs(value) >= leastLeaning * outOf) return value > 0 ? 'lenient' : 'strict';
	// That none was found says nothing where one might well be.
	const most = interval === null ? Math.abs(value) : Math.max(-interval.low, interval.high);
	return most <= smallLeaning * outOf ? 'same' : 'unknown';
}

/** How close the proposals are to the teacher, in words. */
export type Closeness = 'unknown' | 'asTeachers' | 'good' | 'moderate' | 'poor';

/**
 * Puts a quadratic weighted kappa in words. Two people who marked the same short answers of pupils aged 5 to 16 reached 0.75 (Henkel et al. 2024,
 * "Can Large Language Models Make the Grade?"); 0.6 and 0.4 are where Landis and Koch 1977 begin "substantial" and "moderate".
 */
export function closenessOf({ qwk, count }: Pick<Agreement, 'qwk' | 'count'>): Closeness {
	if (qwk.value === null || count < fewest) return 'unknown';
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
	if (alpha === null || count < fewest) return 'unknown';
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
