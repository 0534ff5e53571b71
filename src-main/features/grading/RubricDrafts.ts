import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { failure, isFailure } from '#contract/errors.ts';
import type { DraftStep } from '#contract/grading.ts';
import { likelyTokensOf } from '#contract/priceOf.ts';
import { tellSteps } from '../../platform/rpc/tellSteps.ts';
import { Writing, type WritingOrder, type WritingTools } from '../writing/writing.ts';
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

/** Rubrics that a model drafts, for a teacher to correct. Nothing of them is kept here. */
export class RubricDrafts {
	readonly #writing: Writing;
	readonly #prompts: GradePrompts;

	constructor(tools: WritingTools & { prompts: GradePrompts }) {
		this.#writing = new Writing(tools);
		this.#prompts = tools.prompts;
	}

	/** About how many tokens a draft costs. Throws what Writing.estimate does. */
	estimate(ownerId: string, order: DraftOrder): number {
		return this.#writing.estimate(ownerId, this.#toWrite(order));
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
		const form = { turns: draftTurns(this.#prompts, order), jsonSchema: draftSchema, budgets };
		const onText = (text: string) => onStep({ kind: 'writing', criteria: text.match(/"name":/g)?.length ?? 0 });
		const written = await this.#writing.writeForm(ownerId, this.#toWrite(order), form, onText, signal).catch((error: unknown) => {
			throw refusalOf(error);
		});
		if (written?.text === null) throw failure('DRAFT_INVALID', { reason: 'cutOff' });
		return written && { kind: 'drafted', rubric: readDraft(written.text), modelName: written.modelName };
	}

	#toWrite({ modelId, adapter, ...matter }: DraftOrder): WritingOrder {
		return { task: 'grading', modelId, adapter, likely: draftTokens + likelyTokensOf(draftTurns(this.#prompts, matter)) };
	}
}

/** What is thrown of a draft: the engine speaks of messages that could be deleted. */
function refusalOf(error: unknown): unknown {
	if (!isFailure(error, 'PROMPT_TOO_LONG')) return error;
	const { promptTokens, contextTokens } = error.data;
	return failure('QUESTION_TOO_LONG', { promptTokens, contextTokens });
}
