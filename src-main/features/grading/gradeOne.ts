import { isFailure } from '#contract/errors.ts';
import type { Question } from '#contract/grading.ts';
import type { AnswerCheck } from '#contract/rubric.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import type { Models, OpenAdapter } from '../engine/engine.ts';
import { type Hold, HoldShare, type Ledger, type TokenUse } from '../ledger/ledger.ts';
import { ClassCost } from './ClassCost.ts';
import { revealHidden } from './check/revealHidden.ts';
import { withoutTalk } from './check/withoutTalk.ts';
import { gradeAnswer, type Look } from './gradeAnswer.ts';
import type { Asked, GradePrompts } from './gradePrompt.ts';
import { requireReadableChecks } from './requireReadableChecks.ts';
import { type SettledGrade, settleGrade } from './settleGrade.ts';

/** One answer that is graded by itself, without a class around it. */
export interface SingleGradeOrder extends Asked {
	answer: string;
	check: AnswerCheck;
	/** The most that it can get, above 0. */
	points: number;
	modelId: string;
	adapter: OpenAdapter | null;
}

/** What pays for it: a hold that is opened before the model is asked, and settled with what was used, however it ends. */
export interface GradePayment {
	/** In tokens of the ledger. Throws INSUFFICIENT_TOKENS. */
	open(cost: { tokens: number; atLeast: number }): Hold;
	settle(hold: Hold, used: TokenUse): void;
}

/**
 * Grades one answer at once, while somebody waits: what a class's answers get of one look (gradeClass.ts). What talks to the marker is left
 * out of what counts, and a second look sees all of it. Null where `signal` ended it. Nothing of it is kept.
 *
 * Throws INSUFFICIENT_TOKENS, the engine's failures, ANSWER_TOO_LONG in place of its PROMPT_TOO_LONG, GRADE_INVALID, and CHECK_UNREADABLE.
 */
export async function gradeOne(
	tools: { engine: Models; ledger: Ledger; prompts: GradePrompts },
	ownerId: string,
	{ answer, check, points, modelId, adapter, ...asked }: SingleGradeOrder,
	payment: GradePayment,
	signal: AbortSignal,
): Promise<SettledGrade | null> {
	const question: Question = { id: '', name: '', text: asked.question, key: asked.key, points, check, rubric: asked.rubric };
	await requireReadableChecks([question]);
	// The maths library takes over a second to come in, which no start of the app is to wait for.
	const { checkAnswer } = await import('./check/checkAnswer.ts');
	const costed = { questionId: question.id, text: answer };
	const left = withoutTalk(answer);
	const finding = checkAnswer(check, left);
	const passes = left === answer ? 1 : 2;
	const cost = new ClassCost(tools.prompts, new Map([[question.id, asked]]), { passes, withMarks: false });
	const price = tools.ledger.price('grading');
	const hold = payment.open({ tokens: cost.likelyPrice(price, [costed]), atLeast: cost.leastPrice(price, [costed]) });
	const allotment = new HoldShare(tools.ledger, hold).open();
	const look = (text: string): Promise<Look | null> => {
		const order = { modelId, ownerId, adapter, asked, matter: { finding } };
		return gradeAnswer({ ...tools, allotment }, order, { text: revealHidden(text), leastTokens: cost.leastTokens(costed) }, signal);
	};
	try {
		await tools.engine.ensureRunning(ownerId, modelId, signal);
		const first = await look(left);
		const second = first && passes === 2 ? await look(answer) : null;
		if (first === null || (passes === 2 && second === null)) return null;
		return settleGrade(question, answer, finding, first, second);
	} catch (error) {
		if (signal.aborted && !isFailure(error)) return null;
		throw error instanceof JobPaused ? error.reason : error;
	} finally {
		payment.settle(hold, allotment.used);
	}
}
