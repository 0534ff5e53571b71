import { isFailure } from '#contract/errors.ts';
import type { Question } from '#contract/grading.ts';
import type { CheckResult } from '#contract/rubric.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import type { Models, OpenAdapter } from '../engine/engine.ts';
import { type Hold, HoldShare, type Ledger, type TokenUse } from '../ledger/ledger.ts';
import { ClassCost } from './ClassCost.ts';
import { revealHidden } from './check/revealHidden.ts';
import { withoutTalk } from './check/withoutTalk.ts';
import { gradeAnswer, type Look } from './gradeAnswer.ts';
import type { Asked, GradePrompts } from './gradePrompt.ts';
import { type SettledGrade, settleGrade } from './settleGrade.ts';

/** One answer that is graded by itself, as a whole and without a class around it. */
export interface SingleGradeOrder extends Omit<Asked, 'rubric'> {
	answer: string;
	modelId: string;
	adapter: OpenAdapter | null;
}

/** What pays for it: a hold that is opened before the model is asked, and settled with what was used, however it ends. */
export interface GradePayment {
	/** In tokens of the ledger. Throws INSUFFICIENT_TOKENS. */
	open(cost: { tokens: number; atLeast: number }): Hold;
	settle(hold: Hold, used: TokenUse): void;
}

/** No calculation looks at it. */
const unchecked: CheckResult = { kind: 'unclear', found: '', reason: null };
/** The whole answer is worth this, and so its points are its score. */
const wholePoints = 100;

/**
 * Grades one answer at once, while somebody waits: what a class's answers get without a rubric (gradeClass.ts). What talks to the marker is left
 * out of what counts, and a second look sees all of it. Null where `signal` ended it. Nothing of it is kept.
 *
 * Throws INSUFFICIENT_TOKENS, the engine's failures, ANSWER_TOO_LONG in place of its PROMPT_TOO_LONG, and GRADE_INVALID.
 */
export async function gradeOne(
	tools: { engine: Models; ledger: Ledger; prompts: GradePrompts },
	ownerId: string,
	{ answer, modelId, adapter, ...matter }: SingleGradeOrder,
	payment: GradePayment,
	signal: AbortSignal,
): Promise<SettledGrade | null> {
	const asked: Asked = { ...matter, rubric: [] };
	const question: Question = { id: '', name: '', text: asked.question, key: asked.key, points: wholePoints, check: { kind: 'none' }, rubric: [] };
	const costed = { questionId: question.id, text: answer };
	const left = withoutTalk(answer);
	const passes = left === answer ? 1 : 2;
	const cost = new ClassCost(tools.prompts, new Map([[question.id, asked]]), { passes, withMarks: false });
	const price = tools.ledger.price('grading');
	const hold = payment.open({ tokens: cost.likelyPrice(price, [costed]), atLeast: cost.leastPrice(price, [costed]) });
	const allotment = new HoldShare(tools.ledger, hold).open();
	const look = (text: string): Promise<Look | null> => {
		const order = { modelId, ownerId, adapter, asked, matter: {} };
		return gradeAnswer({ ...tools, allotment }, order, { text: revealHidden(text), leastTokens: cost.leastTokens(costed) }, signal);
	};
	try {
		await tools.engine.ensureRunning(ownerId, modelId, signal);
		const first = await look(left);
		const second = first && passes === 2 ? await look(answer) : null;
		if (first === null || (passes === 2 && second === null)) return null;
		return settleGrade(question, answer, unchecked, first, second);
	} catch (error) {
		if (signal.aborted && !isFailure(error)) return null;
		throw error instanceof JobPaused ? error.reason : error;
	} finally {
		payment.settle(hold, allotment.used);
	}
}
