import { failure, isFailure } from '#contract/errors.ts';
import { type Engine, type GeneratePiece, type GenerateRequest, type JsonSchema, mostPromptTokens, type OpenAdapter } from '../engine/engine.ts';
import { type AnswerMatter, type Asked, type GradePrompts, gradeTurns } from './gradePrompt.ts';
import { type Grade, gradeSchema, type RubricGrade, readGrade, readRubricGrade, rubricSchema } from './gradeSchema.ts';
import type { Allotment } from './HoldShare.ts';
import type { RubricOrder } from './rubricForm.ts';

/** Enough for almost every grade, and room for one in a script of which each character takes the model several tokens. */
const budgets = [
	{ tokens: 1024, perCriterion: 120 },
	{ tokens: 4096, perCriterion: 500 },
];

/** The same answer gets the same grade each time: the likeliest word is taken, and nothing is left to chance. */
const sampling = { temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: 1 };

/** What an answer is graded by, and for whom. */
export interface GradeOrder {
	modelId: string;
	ownerId: string;
	adapter: OpenAdapter | null;
	asked: Asked;
	matter: AnswerMatter;
}

/** One answer to be graded, as the model is to see it, with the tokens of the model that this is likely to take. */
export interface GradeSubject {
	text: string;
	likelyTokens: number;
}

/** What a model said of an answer: as a whole, or by a rubric. */
export type Look = { kind: 'whole'; grade: Grade } | { kind: 'rubric'; grade: RubricGrade };

type Finish = Extract<GeneratePiece, { type: 'end' }>['finish'];

/**
 * Has the model grade one answer, in a history of its own, within what `allotment` gives for it; null when `signal` ended it.
 *
 * Each try counts in `allotment.used`, also one that was stopped or too short for a whole grade; one that the engine lost does not.
 * Throws the engine's failures, PROMPT_TOO_LONG among them, GRADE_INVALID where no whole grade came (there is no score then), and
 * JobPaused where it cannot be paid.
 */
export async function gradeAnswer(
	tools: { engine: Engine; prompts: GradePrompts; allotment: Allotment },
	{ modelId, ownerId, adapter, asked, matter }: GradeOrder,
	{ text: answer, likelyTokens }: GradeSubject,
	signal: AbortSignal,
): Promise<Look | null> {
	const { schema, read } = formOf(asked, matter.order ?? 'asGiven');
	const turns = gradeTurns(tools.prompts, asked, answer, matter);
	for (const { tokens, perCriterion } of budgets) {
		const maxTokens = tokens + perCriterion * asked.rubric.length;
		const request = { modelId, ownerId, adapter, turns, sampling, maxTokens, jsonSchema: schema };
		const { text, finish } = await generatePaid(tools, request, likelyTokens, signal);
		if (finish === 'aborted') return null;
		if (finish === 'stop') return read(text);
	}
	throw failure('GRADE_INVALID', { reason: 'cutOff' });
}

/** The grammar that holds the model, and how what it says is read. */
function formOf({ rubric }: Asked, order: RubricOrder): { schema: JsonSchema; read: (text: string) => Look } {
	if (rubric.length === 0) return { schema: gradeSchema, read: (text) => ({ kind: 'whole', grade: readGrade(text) }) };
	return { schema: rubricSchema(rubric, order), read: (text) => ({ kind: 'rubric', grade: readRubricGrade(text, rubric, order) }) };
}

/** One try. Where less than the most could be set aside and that ended it, it is done again with nothing less than the most. */
async function generatePaid(tools: { engine: Engine; allotment: Allotment }, request: GenerateRequest, likelyTokens: number, signal: AbortSignal) {
	const { engine, allotment } = tools;
	const most = mostPromptTokens(request.turns) + request.maxTokens;
	for (let least = Math.min(likelyTokens, most); ; least = most) {
		await allotment.reach({ most, least }, signal);
		const tried = await generateWhole(engine, { ...request, tokenBudget: allotment.left }, allotment, signal);
		if (tried.finish !== 'budget' || least === most) return tried;
	}
}

async function generateWhole(engine: Engine, request: GenerateRequest, allotment: Allotment, signal: AbortSignal): Promise<{ text: string; finish: Finish }> {
	let text = '';
	try {
		for await (const piece of engine.generate(request, signal)) {
			if (piece.type === 'text') text += piece.text;
			else {
				allotment.use(piece.usage);
				return { text, finish: piece.finish };
			}
		}
	} catch (error) {
		if (isFailure(error, 'INSUFFICIENT_TOKENS')) return { text, finish: 'budget' };
		throw error;
	}
	throw new Error('the engine ended an answer without saying how');
}
