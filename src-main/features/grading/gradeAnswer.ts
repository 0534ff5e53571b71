import { failure, isFailure } from '#contract/errors.ts';
import { type JsonSchema, type Models, type OpenAdapter, writeInForm } from '../engine/engine.ts';
import type { Allotment } from '../ledger/ledger.ts';
import { type AnswerMatter, type Asked, type GradePrompts, gradeTurns } from './gradePrompt.ts';
import { type Grade, gradeSchema, type RubricGrade, readGrade, readRubricGrade, rubricSchema } from './gradeSchema.ts';
import type { RubricOrder } from './rubricForm.ts';
import { surenessOf } from './surenessOf.ts';

/** Enough for almost every grade, and room for one in a script of which each character takes the model several tokens. */
const budgets = [
	{ tokens: 1024, perCriterion: 120 },
	{ tokens: 4096, perCriterion: 500 },
];

/** What an answer is graded by, and for whom. */
export interface GradeOrder {
	modelId: string;
	ownerId: string;
	adapter: OpenAdapter | null;
	asked: Asked;
	matter: AnswerMatter;
	/** `never`: a second opinion, which is not to be what was said before. */
	reuse?: 'never';
}

/** One answer to be graded, as the model is to see it, with the tokens of the model that it is begun with at the least. */
export interface GradeSubject {
	text: string;
	leastTokens: number;
}

/** What a model said of an answer, as a whole or by a rubric, and how sure it was of it (surenessOf.ts). */
export type Look = Said & { sureness: number | null };
type Said = { kind: 'whole'; grade: Grade } | { kind: 'rubric'; grade: RubricGrade };

/**
 * Has the model grade one answer, in a history of its own, within what `allotment` gives for it; null when `signal` ended it.
 *
 * Each try counts in `allotment.used`, also one that was stopped or too short for a whole grade; one that the engine lost does not.
 * Throws the engine's failures, ANSWER_TOO_LONG in place of its PROMPT_TOO_LONG, GRADE_INVALID where no whole grade came (there is no score then), and
 * JobPaused where it cannot be paid.
 */
export async function gradeAnswer(
	tools: { engine: Models; prompts: GradePrompts; allotment: Allotment },
	{ asked, matter, ...who }: GradeOrder,
	{ text: answer, leastTokens }: GradeSubject,
	signal: AbortSignal,
): Promise<Look | null> {
	const { schema, read } = formOf(asked, matter.order ?? 'asGiven');
	const turns = gradeTurns(tools.prompts, asked, answer, matter);
	const most = budgets.map(({ tokens, perCriterion }) => tokens + perCriterion * asked.rubric.length);
	const order = { ...who, turns, jsonSchema: schema, budgets: most, leastTokens, logProbabilities: true };
	const written = await writeInForm(tools, order, signal).catch((error: unknown) => {
		if (!isFailure(error, 'PROMPT_TOO_LONG')) throw error;
		// Its words are about messages that could be deleted.
		const { promptTokens, contextTokens } = error.data;
		throw failure('ANSWER_TOO_LONG', { promptTokens, contextTokens });
	});
	if (written.end === 'cutOff') throw failure('GRADE_INVALID', { reason: 'cutOff' });
	return written.end === 'whole' ? { ...read(written.text), sureness: surenessOf(written) } : null;
}

/** The grammar that holds the model, and how what it says is read. */
function formOf({ rubric }: Asked, order: RubricOrder): { schema: JsonSchema; read: (text: string) => Said } {
	if (rubric.length === 0) return { schema: gradeSchema, read: (text) => ({ kind: 'whole', grade: readGrade(text) }) };
	return { schema: rubricSchema(rubric, order), read: (text) => ({ kind: 'rubric', grade: readRubricGrade(text, rubric, order) }) };
}
