import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import { proposal } from '#contract/grading.ts';
import type { JsonSchema } from '../engine/engine.ts';

/** In characters. Two to four sentences fit, and so does the whole record into a model's answer, in whatever language. */
const longest = { feedback: 600, suggestion: 160 };
const mostSuggestions = 3;

/**
 * The form of a grade, as a grammar that the model cannot leave: even one that knows nothing gives a score in range.
 *
 * The feedback comes before the score, so that the score follows from it.
 */
export const gradeSchema: JsonSchema = {
	type: 'object',
	properties: {
		feedback: { type: 'string', minLength: 1, maxLength: longest.feedback },
		suggestions: { type: 'array', minItems: 1, maxItems: mostSuggestions, items: { type: 'string', minLength: 1, maxLength: longest.suggestion } },
		score: { enum: Array.from({ length: 101 }, (_, score) => score) },
	},
};

// A grammar counts code points, a string here up to two units for each.
const grade = z.strictObject({
	feedback: z
		.string()
		.max(2 * longest.feedback)
		.transform(plainText)
		.pipe(z.string().min(1)),
	suggestions: z
		.array(
			z
				.string()
				.max(2 * longest.suggestion)
				.transform(plainText),
		)
		.max(mostSuggestions)
		.transform((suggestions) => suggestions.filter((suggestion) => suggestion !== '')),
	score: proposal.shape.score,
});
export type Grade = z.infer<typeof grade>;

/** Reads what a model answered; anything but a whole grade is GRADE_INVALID, and nothing is made up for it. */
export function readGrade(text: string): Grade {
	const read = grade.safeParse(parsed(text));
	if (!read.success) throw failure('GRADE_INVALID', { reason: 'malformed' }, read.error);
	return read.data;
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

/** Without what cannot be seen or stored: control characters, halves of characters, marks that turn the direction of the text. */
function plainText(text: string): string {
	return text
		.toWellFormed()
		.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
		.trim();
}
