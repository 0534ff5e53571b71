import type { FailureRecord } from '#contract/errors.ts';
import type { Store, Tx } from '../../platform/database/openDatabase.ts';
import { findJobHold, type Hold, type Ledger, openHoldForJob } from '../ledger/ledger.ts';
import { ClassCost } from './ClassCost.ts';
import type { GradePrompts } from './gradePrompt.ts';
import { askedBy, type GradeSpec } from './gradeSpec.ts';
import { ofAnswers } from './gradingRows.ts';
import { readUsedFractions } from './readUsedFractions.ts';
import { answer } from './schema.ts';

/** A job for which a hold is to be there. `subjectIds` are the answers that it has left to do. */
export interface PaidJob {
	id: string;
	ownerId: string;
	spec: GradeSpec;
	subjectIds: readonly string[];
	/** Why it had stopped, where it is taken up again. */
	failure?: FailureRecord | null;
}

/**
 * The hold that pays for a job; where its last one has ended, or there never was one, another for what is left to do, by the price and the
 * meter of now: what all of it is likely to cost, or its first answer where there is less than that. Throws INSUFFICIENT_TOKENS where that is not enough for one
 * answer, and NOT_FOUND where the model is gone.
 */
export function openJobHold(
	{ ledger, library, prompts }: { ledger: Ledger; library: { get(modelId: string): { name: string } }; prompts: GradePrompts },
	{ id: jobId, ownerId, spec, subjectIds, failure = null }: PaidJob,
	store: Store,
	tx?: Tx,
): Hold {
	const { id, hold } = findJobHold(ledger, jobId);
	if (hold) return hold;
	const { assignmentId, modelId } = spec;
	const left = new Set(subjectIds);
	const columns = { id: answer.id, questionId: answer.questionId, text: answer.text };
	const rows = store.select(columns).from(answer).where(ofAnswers(ownerId, assignmentId)).all();
	const answers = rows.filter((row) => left.has(row.id));
	const modelName = library.get(modelId).name;
	const cost = new ClassCost(prompts, askedBy(spec), spec, readUsedFractions(store, prompts, ownerId, modelName));
	const [price, work] = [ledger.price('grading'), { requestId: id, accountId: ownerId, task: 'grading', modelId, modelName, subjectId: assignmentId } as const];
	const likely = { all: cost.likelyPrice(price, answers), first: cost.likelyPrice(price, answers.slice(0, 1)), least: cost.leastPrice(price, answers) };
	return openHoldForJob(ledger, work, likely, failure, tx);
}
