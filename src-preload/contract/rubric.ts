import { z } from 'zod';

/** Points of a question or a level: hundredths at the finest, so that halves and quarters are exact in what is added up. */
export const points = z
	.number()
	.min(-1000)
	.max(1000)
	.refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6);

/** One step of a criterion, from what an answer at it shows to what it earns. */
export const level = z.strictObject({
	id: z.string().min(1).max(40),
	name: z.string().trim().min(1).max(100),
	description: z.string().trim().max(1000).default(''),
	points,
});
export type Level = z.infer<typeof level>;

/**
 * What an answer is judged by.
 *
 * `levels`: which of the levels it reaches. `mustHave` and `mustNotHave` have two levels, the first for an answer that holds what the
 * description says, the second for one that does not; a `mustNotHave` takes points away with the first. The levels stand in the order that
 * the teacher gave them, best first.
 */
export const criterion = z.strictObject({
	id: z.string().min(1).max(40),
	kind: z.enum(['levels', 'mustHave', 'mustNotHave']),
	name: z.string().trim().min(1).max(200),
	description: z.string().trim().max(2000).default(''),
	levels: z.array(level).min(2).max(10),
	/** Decided by the question's check where that can tell, never by the model. */
	byCheck: z.boolean().default(false),
});
export type Criterion = z.infer<typeof criterion>;

/** Empty: the answer is judged as a whole, from none to all of the question's points. */
export const rubric = z
	.array(criterion)
	.max(20)
	.refine((criteria) => new Set(criteria.map(({ id }) => id)).size === criteria.length)
	.refine((criteria) => criteria.every(({ levels }) => new Set(levels.map(({ id }) => id)).size === levels.length));
export type Rubric = z.infer<typeof rubric>;

/** As many criteria as a model drafts at the most. */
export const draftedCriteria = 5;

/** A rubric as a model drafts it: of each criterion its three levels in words, and its weight beside the others. There are no points in it. */
export const draftedRubric = z.strictObject({
	criteria: z
		.array(
			z.strictObject({
				...{ name: criterion.shape.name, description: criterion.shape.description },
				...{ full: level.shape.description, partly: level.shape.description, none: level.shape.description },
				weight: z.union([z.literal(1), z.literal(2), z.literal(3)]),
			}),
		)
		.min(1)
		.max(draftedCriteria),
});
export type DraftedRubric = z.infer<typeof draftedRubric>;

/** What a program can find out about an answer better than a model. */
export const answerCheck = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('none') }),
	z.strictObject({
		kind: z.literal('number'),
		/** A number, or an expression of numbers, with its unit if it has one: `14`, `2+3*4`, `9.81 m/s^2`. */
		value: z.string().trim().min(1).max(200),
		/** How far off a right answer may be: a fraction of the value, or in its unit; 0 is exact but for rounding to the digits that were given. */
		tolerance: z.strictObject({ kind: z.enum(['relative', 'absolute']), amount: z.number().min(0).max(1e12) }).default({ kind: 'relative', amount: 0 }),
		/** Whether a value without its unit is wrong; one in another unit of the same kind is always converted. */
		unitNeeded: z.boolean().default(false),
		/** How many significant figures are asked for; null: any. */
		significantFigures: z.number().int().min(1).max(15).nullable().default(null),
	}),
	z.strictObject({
		kind: z.literal('formula'),
		/** An expression in letters: `2x + 6`, or an equation, `y = 2x + 6`. Anything that is equal to it for all values is right. */
		expression: z.string().trim().min(1).max(500),
	}),
	z.strictObject({
		kind: z.literal('choice'),
		/** The letters or numbers of the right options, `['B']` or `['A', 'C']`; all of them and no other is right. */
		correct: z.array(z.string().trim().min(1).max(10)).min(1).max(20),
		/** The options with their texts, so that an answer may write out the text instead. */
		options: z
			.array(z.strictObject({ letter: z.string().trim().min(1).max(10), text: z.string().trim().max(500) }))
			.max(20)
			.default([]),
	}),
	z.strictObject({
		kind: z.literal('exact'),
		/** Any of these, but for case, spacing, width of characters and marks at the end. */
		accepted: z.array(z.string().trim().min(1).max(500)).min(1).max(50),
	}),
]);
export type AnswerCheck = z.infer<typeof answerCheck>;

/** What a check found. `unclear`: it cannot tell, and decides nothing. */
export const checkResult = z.strictObject({
	kind: z.enum(['right', 'wrong', 'unclear']),
	/** The part of the answer that was taken for the result; empty where none was found. */
	found: z.string(),
	/** Why, where it is not plain: the value is right and something about it is not, or it could not be read. */
	reason: z.enum(['unit', 'unitMissing', 'significantFigures', 'notFound', 'severalFound', 'unreadable', 'rounded']).nullable(),
});
export type CheckResult = z.infer<typeof checkResult>;

/** What the model, or a check, says about one criterion, as code has verified it. */
export const verdict = z.strictObject({
	criterionId: z.string(),
	levelId: z.string(),
	/** Words of the answer that show it; null where the model says that there are none. */
	quote: z.string().nullable(),
	/** Where those words stand in the answer, in UTF-16 units; null where there are none, or they are not in it. */
	place: z.strictObject({ start: z.number().int(), end: z.number().int() }).nullable(),
	reason: z.string(),
	decidedBy: z.enum(['model', 'check']),
});
export type Verdict = z.infer<typeof verdict>;

/** Why a person should look at a proposal before others. */
export const doubt = z.enum([
	...['quoteMissing', 'passesDiffer', 'talksToMarker', 'hiddenCharacters', 'checkDisagrees', 'likeAnswersDiffer', 'wholeJudgement'],
	/** The check was to decide and could not: it found no result, several, one without a plain unit, nothing that it could read, or the right one rounded. */
	...['checkFoundNone', 'checkFoundSeveral', 'checkUnitOpen', 'checkUnreadable', 'checkRounded'],
] as const);
export type Doubt = z.infer<typeof doubt>;
