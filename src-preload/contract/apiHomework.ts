import { z } from 'zod';
import { feedbackLanguages } from './feedbackLanguages.ts';
import { answerCheck, criterion, doubt, level, points } from './rubric.ts';

const [, number, formula, choice, exact] = answerCheck.options;

/** What an answer is judged by, best level first; with it the points are those of the levels, added up. */
const rubricIn = z
	.array(
		z.strictObject({
			name: criterion.shape.name,
			description: criterion.shape.description,
			kind: z
				.literal('levels')
				.or(z.enum(['must_have', 'must_not_have']))
				.default('levels'),
			by_check: z.boolean().default(false).describe('Decided by `check` where that can tell.'),
			levels: z
				.array(z.strictObject({ name: level.shape.name, description: level.shape.description, points }))
				.min(2)
				.max(10),
		}),
	)
	.min(1)
	.max(20)
	.refine(
		(criteria) => criteria.every(({ kind, levels }) => kind === 'levels' || levels.length === 2),
		'A criterion that must or must not hold has two levels.',
	)
	.refine((criteria) => criteria.some(({ levels }) => levels.some((each) => each.points > 0)), 'Some level must be worth points.');

/** What a calculation can find out about the answer. */
const checkIn = z.discriminatedUnion('kind', [
	z.strictObject({
		kind: z.literal('number'),
		value: number.shape.value.describe('A number or an expression of numbers, with its unit if it has one: `9.81 m/s^2`.'),
		tolerance: number.shape.tolerance,
		unit_needed: number.shape.unitNeeded,
		significant_figures: number.shape.significantFigures,
	}),
	formula,
	choice,
	exact,
]);

export const homeworkIn = z.strictObject({
	model: z.string().min(1).max(300).describe('The name or the id of a model.'),
	subject: z.string().trim().max(100).default(''),
	question: z.string().trim().min(1).max(20_000),
	answer: z
		.string()
		.max(200_000)
		.refine((answer) => answer.trim() !== '', 'There is nothing in this answer to grade.'),
	grade_level: z.string().trim().max(100).default(''),
	key: z.string().trim().max(20_000).default('').describe('The expected answer, if there is one.'),
	feedback_language: z.enum(['auto', ...feedbackLanguages]).default('auto'),
	rubric: rubricIn.optional().describe('Left out: the answer is judged as a whole.'),
	check: checkIn.optional(),
});
export type HomeworkIn = z.output<typeof homeworkIn>;

export const homeworkOut = {
	score: z.number().int().min(0).max(100),
	points: z.number().describe('By the rubric, or as many of 100 as the score.'),
	out_of: z.number(),
	criteria: z
		.array(
			z.object({
				name: z.string(),
				level: z.string(),
				points: z.number(),
				quote: z.string().nullable().describe('Words that show it.'),
				is_quote_found: z.boolean().describe('Whether they stand in the answer.'),
				reason: z.string(),
				decided_by: z.enum(['model', 'check']),
			}),
		)
		.describe('By the rubric; without one, none.'),
	decided_by: z.enum(['model', 'check']),
	feedback: z.string(),
	suggestions: z.array(z.string()),
	confidence: z.number().describe('From 0 to 1: how little there is to doubt.'),
	doubts: z.array(doubt).describe('Why a person should look at it.'),
};
