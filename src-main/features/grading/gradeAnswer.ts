import { failure } from '#contract/errors.ts';
import type { AssignmentFields } from '#contract/grading.ts';
import type { Engine, GenerateRequest } from '../engine/engine.ts';
import { type GradePrompts, gradeTurns } from './gradePrompt.ts';
import { type Grade, gradeSchema, readGrade } from './gradeSchema.ts';

/** Enough for almost every grade, and room for one in a script of which each character takes the model several tokens. */
const budgets = [1024, 4096];

/** The same answer gets the same grade each time: the likeliest word is taken, and nothing is left to chance. */
const sampling = { temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: 1 };

/** What all answers of a class are graded by. */
export interface GradeOrder {
	modelId: string;
	ownerId: string;
	fields: AssignmentFields;
}

/**
 * Has the model grade one answer, in a history of its own; null when `signal` ended it.
 *
 * Throws the engine's failures, PROMPT_TOO_LONG among them, and GRADE_INVALID where no whole grade came: there is no score then.
 */
export async function gradeAnswer(
	tools: { engine: Engine; prompts: GradePrompts },
	order: GradeOrder,
	answer: string,
	signal: AbortSignal,
): Promise<(Grade & { tokens: number }) | null> {
	const { modelId, ownerId } = order;
	const turns = gradeTurns(tools.prompts, order.fields, answer);
	let tokens = 0;
	for (const maxTokens of budgets) {
		const { text, finish, used } = await generateWhole(tools.engine, { modelId, ownerId, turns, sampling, maxTokens, jsonSchema: gradeSchema }, signal);
		tokens += used;
		if (finish === 'aborted') return null;
		if (finish === 'stop') return { ...readGrade(text), tokens };
	}
	throw failure('GRADE_INVALID', { reason: 'cutOff' });
}

async function generateWhole(engine: Engine, request: GenerateRequest, signal: AbortSignal) {
	let text = '';
	for await (const piece of engine.generate(request, signal)) {
		if (piece.type === 'text') text += piece.text;
		else return { text, finish: piece.finish, used: piece.usage.promptTokens + piece.usage.completionTokens };
	}
	throw new Error('the engine ended an answer without saying how');
}
