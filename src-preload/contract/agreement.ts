import { z } from 'zod';

const whole = z.number().int().min(0);

/** The ends of a 95 % confidence interval. */
export const interval = z.object({ low: z.number(), high: z.number() });
export type Interval = z.infer<typeof interval>;

/** A figure with its 95 % interval. `value` is null where it is not defined, `interval` where the data cannot tell how sure it is. */
export const figure = z.object({ value: z.number().nullable(), interval: interval.nullable() });
export type Figure = z.infer<typeof figure>;

/** What is compared: the points of a question from 0 to `outOf`, or the positions of a criterion's levels, 0 the lowest, in steps of one. */
export const scale = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('points'), outOf: z.number().positive() }),
	z.object({ kind: z.literal('levels'), count: z.number().int().min(2) }),
]);
export type Scale = z.infer<typeof scale>;

/** How often the teacher gave one band of points, or level, where the model proposed another: `counts[teacher][model]`. */
export const confusion = z.object({
	/** Bands in their order, both ends included; `low` equals `high` where each value has its own. */
	bands: z.array(z.object({ low: z.number(), high: z.number() })),
	counts: z.array(z.array(whole)),
});
export type Confusion = z.infer<typeof confusion>;

/** How well proposals agree with the teacher's own marks. Differences are in points, or in levels. */
export const agreement = z.object({
	count: whole,
	/** Fraction of answers with the very same points or level. */
	exact: figure,
	/** Fraction within a tenth of the points, or one level. */
	adjacent: figure,
	meanAbsoluteError: figure,
	/** Mean of model less teacher: above 0 the model is the more lenient. */
	bias: figure,
	/** Quadratic weighted kappa: 1 perfect, 0 what chance gives. */
	qwk: figure,
	pearson: figure,
	/** Answers that the teacher gave 30 to 70 % of the points: where models err most. */
	middleBand: z.object({ count: whole, meanAbsoluteError: figure }),
	confusion,
});
export type Agreement = z.infer<typeof agreement>;

/** The same for one criterion of the rubric, over its levels from the one that earns least. */
export const criterionAgreement = z.object({ criterionId: z.string(), agreement });
export type CriterionAgreement = z.infer<typeof criterionAgreement>;

/** How well two who marked the same answers independently of one another agree. */
export const markersAgreement = z.object({
	/** Of their points: the first one stands as the teacher, the second as the model. */
	points: agreement,
	/** Krippendorff's alpha of their points, by the squares of their differences; null where it is not defined. */
	alpha: z.number().nullable(),
	/** In the rubric's order, over levels: Cohen's kappa, to which every difference is alike, and alpha by their order. */
	criteria: z.array(z.object({ criterionId: z.string(), agreement, kappa: z.number().nullable(), alpha: z.number().nullable() })),
});
export type MarkersAgreement = z.infer<typeof markersAgreement>;

/** How many more answers, drawn by chance, the teacher has to mark until the mean error is known well enough. */
export const neededMarks = z.object({
	marked: whole,
	/** Null: too few are marked to say; 0: enough are. */
	more: whole.nullable(),
	/** What the mean error is known to now, plus or minus, in points; null with fewer than 3 marks. */
	halfWidth: z.number().nullable(),
	/** What is enough, in points. */
	wantedHalfWidth: z.number().positive(),
});
export type NeededMarks = z.infer<typeof neededMarks>;

/** One question of an assignment, by classical test theory. */
export const itemAnalysis = z.object({
	/** How many students have a mark for it. */
	count: whole,
	/** Mean fraction of the points: 1 is the easiest. */
	difficulty: z.number().nullable(),
	/** Standard deviation, in points. */
	deviation: z.number().nullable(),
	/** Correlation with the sum of the other questions, -1 to 1. */
	itemRestCorrelation: z.number().nullable(),
	/** Mean fraction of the best 27 % of students less that of the last 27 %, -1 to 1. */
	upperLowerIndex: z.number().nullable(),
	/** Cronbach's alpha of the other questions. */
	alphaIfDeleted: z.number().nullable(),
});
export type ItemAnalysis = z.infer<typeof itemAnalysis>;

/** The sums of those students who have a mark for every question. */
export const distribution = z.object({
	count: whole,
	/** From the lower end, included, to the upper, included in the last alone; sums below 0 or above all points count to the first or last. */
	bins: z.array(z.object({ low: z.number(), high: z.number(), count: whole })),
	mean: z.number().nullable(),
	deviation: z.number().nullable(),
	lowest: z.number().nullable(),
	lowerQuartile: z.number().nullable(),
	median: z.number().nullable(),
	upperQuartile: z.number().nullable(),
	highest: z.number().nullable(),
});
export type Distribution = z.infer<typeof distribution>;

export const classAnalysis = z.object({ items: z.array(itemAnalysis), alpha: z.number().nullable(), distribution });
export type ClassAnalysis = z.infer<typeof classAnalysis>;

/** Answers to one question that say the same, or nearly. */
export const answerGroup = z.object({
	/** The first of its members' ids, in the order of their characters. */
	id: z.string(),
	memberIds: z.array(z.string()).min(1),
	/** Whether they are the same text but for case, spacing, width of characters and marks at the end. */
	same: z.boolean(),
});
export type AnswerGroup = z.infer<typeof answerGroup>;

const settledAnswer = z.object({ id: z.string(), points: z.number() });
/** Like answers that were given different points: the lowest and the highest of them. */
export const drift = z.object({ groupId: z.string(), low: settledAnswer, high: settledAnswer });
export type Drift = z.infer<typeof drift>;

/** What accepting every proposal from a confidence upwards would have meant for the answers that the teacher marked. */
export const trustRow = z.object({
	threshold: z.number().min(0).max(1),
	accepted: whole,
	/** Of the marked answers. */
	acceptedFraction: z.number().nullable(),
	/** Of the accepted, in points; null where there are none. */
	meanAbsoluteError: z.number().nullable(),
	exact: z.number().nullable(),
	/** Accepted that are off by more than a fifth of the points. */
	farOff: whole,
});
export type TrustRow = z.infer<typeof trustRow>;
export const trustTable = z.object({
	marked: whole,
	rows: z.array(trustRow),
	/** Of the answers that are off by more than a fifth of the points, the fraction among the fifth with the lowest confidence; null: none is far off. */
	farOffInDoubtfulFifth: z.number().nullable(),
});
export type TrustTable = z.infer<typeof trustTable>;

/** A criterion that answers fell short of. */
export const missedCriterion = z.object({
	criterionId: z.string(),
	judged: whole,
	/** Below the level that earns most. */
	missed: whole,
	/** Mean points that were lost by it, over the judged. */
	meanLoss: z.number(),
	/** Missed ones, with the words that show it where there are any; no two the same. */
	examples: z.array(z.object({ answerId: z.string(), quote: z.string().nullable() })),
});
export type MissedCriterion = z.infer<typeof missedCriterion>;

/** What many of a class got wrong, in numbers and examples. */
export const commonMistakes = z.object({
	/** The most often missed first; those that nobody missed are left out. */
	criteria: z.array(missedCriterion),
	/** Groups of two and more like answers with at most half of the points, the largest first. */
	groups: z.array(z.object({ groupId: z.string(), count: whole, meanPoints: z.number(), example: z.object({ answerId: z.string(), text: z.string() }) })),
});
export type CommonMistakes = z.infer<typeof commonMistakes>;
