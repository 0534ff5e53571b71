import { randomUUID } from 'node:crypto';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { failure, isFailure } from '#contract/errors.ts';
import type { DraftStep } from '#contract/grading.ts';
import type { Model } from '#contract/library.ts';
import { likelyTokensOf, priceOf } from '#contract/priceOf.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import { tellSteps } from '../../platform/rpc/tellSteps.ts';
import { type AdapterShelf, type Engine, nameWithAdapter, writeInForm } from '../engine/engine.ts';
import { type Hold, HoldShare, type Ledger } from '../ledger/ledger.ts';
import { requireModel } from '../library/library.ts';
import type { GradePrompts } from './gradePrompt.ts';
import { type DraftMatter, draftSchema, draftTurns, readDraft } from './rubricDraft.ts';

/** Three criteria with three levels each, as most questions get. */
const draftTokens = 500;
/** Enough for almost every rubric, and room for one in a script of which each character takes the model several tokens. */
const budgets = [2048, 8192];

/** What a rubric is to be drafted for, and by what. */
export interface DraftOrder extends DraftMatter {
	modelId: string;
	adapter: AttachedAdapter | null;
}

interface Tools {
	db: Db;
	engine: Engine;
	library: { get(modelId: string): Model };
	ledger: Ledger;
	adapters: AdapterShelf;
	prompts: GradePrompts;
}

/**
 * Rubrics that a model drafts, for a teacher to correct. Nothing of them is kept here.
 *
 * What a draft is likely to cost is set aside first and grows as it has to; what was used is charged however it ends, and the rest goes back.
 * Where the app ends meanwhile, all of it goes back at its next start.
 */
export class RubricDrafts {
	readonly #tools: Tools;

	constructor(tools: Tools) {
		this.#tools = tools;
	}

	/** About how many tokens a draft costs. Throws NO_MODEL, and for an adapter NOT_FOUND, ADAPTER_MISSING or ADAPTER_UNFIT. */
	estimate(ownerId: string, { modelId, adapter, ...matter }: DraftOrder): number {
		if (modelId === '') throw failure('NO_MODEL', {});
		if (adapter) this.#tools.adapters.open(ownerId, adapter, modelId);
		return priceOf(this.#tools.ledger.price('grading'), this.#likelyTokens(matter));
	}

	/**
	 * Has a model draft a rubric, loaded if need be: tells what it is doing until that is there; without an end where `signal` ended it, or the reader left.
	 *
	 * Throws NO_MODEL, MODEL_MISSING and INSUFFICIENT_TOKENS with nothing begun, the engine's failures, QUESTION_TOO_LONG in place of its
	 * PROMPT_TOO_LONG, and DRAFT_INVALID where no whole rubric came.
	 */
	async *write(ownerId: string, order: DraftOrder, signal?: AbortSignal): AsyncGenerator<DraftStep> {
		yield* tellSteps<DraftStep, DraftStep>((onStep, ended) => this.#write(ownerId, order, onStep, ended), { kind: 'loading' }, signal);
	}

	async #write(ownerId: string, order: DraftOrder, onStep: (step: DraftStep) => void, signal: AbortSignal): Promise<DraftStep | null> {
		const { db, ledger, library, adapters } = this.#tools;
		const { modelId, adapter: attached, ...matter } = order;
		const { name: modelName } = requireModel(library, modelId);
		const adapter = attached && adapters.open(ownerId, attached, modelId);
		const likely = this.#likelyTokens(matter);
		const hold = this.#openHold({ ownerId, modelId, modelName }, likely);
		const allotment = new HoldShare(ledger, hold).open();
		try {
			await this.#tools.engine.ensureRunning(ownerId, modelId, signal);
			onStep({ kind: 'writing', criteria: 0 });
			const onText = (text: string) => onStep({ kind: 'writing', criteria: text.match(/"name":/g)?.length ?? 0 });
			const asked = { modelId, ownerId, adapter, turns: draftTurns(this.#tools.prompts, matter), jsonSchema: draftSchema, budgets, leastTokens: likely };
			const written = await writeInForm({ ...this.#tools, allotment, onText }, asked, signal);
			if (written.end === 'aborted') return null;
			if (written.end === 'cutOff') throw failure('DRAFT_INVALID', { reason: 'cutOff' });
			return { kind: 'drafted', rubric: readDraft(written.text), modelName: nameWithAdapter(modelName, adapter) };
		} catch (error) {
			if (signal.aborted) return null;
			throw refusalOf(error);
		} finally {
			immediate(db, (tx) => ledger.settle(hold.id, allotment.used, tx));
		}
	}

	/** Sets aside what a draft is likely to cost. Throws INSUFFICIENT_TOKENS. */
	#openHold({ ownerId, modelId, modelName }: { ownerId: string; modelId: string; modelName: string }, likely: number): Hold {
		const { ledger } = this.#tools;
		const tokens = priceOf(ledger.price('grading'), likely);
		return ledger.openHold({ requestId: randomUUID(), accountId: ownerId, task: 'grading', modelId, modelName, subjectId: null, tokens });
	}

	#likelyTokens(matter: DraftMatter): number {
		return draftTokens + likelyTokensOf(draftTurns(this.#tools.prompts, matter));
	}
}

/** What is thrown of a draft: the engine speaks of messages that could be deleted, and a job could pause. */
function refusalOf(error: unknown): unknown {
	if (error instanceof JobPaused) return error.reason;
	if (!isFailure(error, 'PROMPT_TOO_LONG')) return error;
	const { promptTokens, contextTokens } = error.data;
	return failure('QUESTION_TOO_LONG', { promptTokens, contextTokens });
}
