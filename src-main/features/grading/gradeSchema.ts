import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import type { Rubric } from '#contract/rubric.ts';
import type { JsonSchema } from '../engine/engine.ts';
import { plainText } from './plainText.ts';
import { absent, labelsOf, type RubricOrder } from './rubricForm.ts';

/** In characters. Two to four sentences fit, and so does the whole record into a model's answer, in whatever language. */
const longest = { feedback: 600, suggestion: 160, quote: 240, reason: 240 };
const mostSuggestions = 3;

const feedbackSchema = {
	feedback: { type: 'string', minLength: 1, maxLength: longest.feedback },
	suggestions: { type: 'array', minItems: 1, maxItems: mostSuggestions, items: { type: 'string', minLength: 1, maxLength: longest.suggestion } },
} as const;

/**
 * The form of a grade of the whole answer, as a grammar that the model cannot leave: even one that knows nothing gives a score in range.
 *
 * The feedback comes before the score, so that the score follows from it.
 */
export const gradeSchema: JsonSchema = {
	type: 'object',
	properties: {
		...feedbackSchema,
		score: { enum: Array.from({ length: 101 }, (_, score) => score) },
	},
};

/**
 * The form of a grade by a rubric: for each criterion the words of the answer that show it, then the reason, then one of its levels, so that
 * the level follows from the evidence; then what goes to the student. There is nowhere to write points.
 */
export function rubricSchema(rubric: Rubric, order: RubricOrder): JsonSchema {
	const criteria = rubric.map((criterion, at) => {
		const properties = {
			quote: { type: 'string', minLength: 1, maxLength: longest.quote },
			reason: { type: 'string', minLength: 1, maxLength: longest.reason },
			level: { enum: labelsOf(criterion, order).map(({ label }) => label) },
		} as const;
		return [`c${at + 1}`, { type: 'object', properties }] as const;
	});
	return { type: 'object', properties: { ...Object.fromEntries(criteria), ...feedbackSchema } };
}

/** A text of up to so many characters: a grammar counts code points, a string here up to two units for each. */
function words(most: number) {
	return z
		.string()
		.max(2 * most)
		.transform(plainText);
}

const toStudent = {
	feedback: words(longest.feedback).pipe(z.string().min(1)),
	suggestions: z
		.array(words(longest.suggestion))
		.max(mostSuggestions)
		.transform((suggestions) => suggestions.filter((suggestion) => suggestion !== '')),
};
const grade = z.strictObject({ ...toStudent, score: z.number().int().min(0).max(100) });
export type Grade = z.infer<typeof grade>;

/** What a model said by a rubric: of each criterion, in the rubric's order, the level and what it says shows it. */
export interface RubricGrade {
	criteria: { criterionId: string; levelId: string; quote: string | null; reason: string }[];
	feedback: string;
	suggestions: string[];
}

/** Reads what a model answered; anything but a whole grade is GRADE_INVALID, and nothing is made up for it. */
export function readGrade(text: string): Grade {
	const read = grade.safeParse(parsed(text));
	if (!read.success) throw failure('GRADE_INVALID', { reason: 'malformed' }, read.error);
	return read.data;
}

/** Reads what a model answered by a rubric; anything but a verdict on each criterion by one of its levels is GRADE_INVALID. */
export function readRubricGrade(text: string, rubric: Rubric, order: RubricOrder): RubricGrade {
	const ofCriterion = z.strictObject({ quote: words(longest.quote), reason: words(longest.reason), level: z.string() });
	const read = z.object(toStudent).catchall(ofCriterion).safeParse(parsed(text));
	if (!read.success) throw failure('GRADE_INVALID', { reason: 'malformed' }, read.error);
	const { feedback, suggestions, ...said } = read.data;
	if (Object.keys(said).length !== rubric.length) throw failure('GRADE_INVALID', { reason: 'malformed' });
	const criteria = rubric.map((criterion, at) => {
		const verdict = said[`c${at + 1}`];
		if (!verdict) throw failure('GRADE_INVALID', { reason: 'malformed' });
		const { quote, reason, level: label } = verdict;
		const chosen = labelsOf(criterion, order).find((level) => level.label === label);
		if (!chosen) throw failure('GRADE_INVALID', { reason: 'malformed' });
		return { criterionId: criterion.id, levelId: chosen.level.id, quote: quote === '' || quote.toLowerCase() === absent ? null : quote, reason };
	});
	return { criteria, feedback, suggestions };
}

/** Whether a text is a whole grade. */
export function isGrade(text: string): boolean {
	try {
		readGrade(text);
		return true;
	} catch {
		// Whatever else it is.
		return false;
	}
}

/** Writes a grade in the form that `readGrade` reads and a model is held to; null where its feedback is empty or longer than that form takes. */
export function writeGrade({ feedback, suggestions, score }: Grade): string | null {
	const plain = plainText(feedback);
	if (plain === '' || [...plain].length > longest.feedback) return null;
	return JSON.stringify({ feedback: plain, suggestions: suggestions.slice(0, mostSuggestions), score });
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw failure('GRADE_INVALID', { reason: 'malformed' }, error);
	}
}

/** Writes a grade by a rubric in the form that `readRubricGrade` reads; null where its feedback does not fit that form. */
export function writeRubricGrade(rubric: Rubric, { criteria, feedback, suggestions }: RubricGrade): string | null {
	const plain = plainText(feedback);
	if (plain === '' || [...plain].length > longest.feedback) return null;
	const said = rubric.map((criterion, at) => {
		const found = criteria.find(({ criterionId }) => criterionId === criterion.id);
		const label = labelsOf(criterion, 'asGiven').find(({ level }) => level.id === found?.levelId)?.label;
		return [`c${at + 1}`, label === undefined ? null : { quote: found?.quote ?? absent, reason: found?.reason ?? '', level: label }] as const;
	});
	if (said.some(([, verdict]) => verdict === null)) return null;
	return JSON.stringify({ ...Object.fromEntries(said), feedback: plain, suggestions: suggestions.slice(0, mostSuggestions) });
}
