import { randomUUID } from 'node:crypto';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { failure } from '#contract/errors.ts';
import type { Task } from '#contract/ledger.ts';
import type { NamedModel } from '#contract/library.ts';
import { priceOf } from '#contract/priceOf.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import { type AdapterShelf, type FormOrder, type Models, nameWithAdapter, type OpenAdapter, type Purse, writeInForm } from '../engine/engine.ts';
import { HoldShare, type Ledger } from '../ledger/ledger.ts';
import { requireModel } from '../library/library.ts';

/** What it takes to have something written that its reader waits for. */
export interface WritingTools {
	db: Db;
	engine: Models;
	library: { get(modelId: string): NamedModel };
	ledger: Ledger;
	adapters: AdapterShelf;
}

/** By what it is to be written, for which task it is paid, and about how many tokens of the model it takes. */
export interface WritingOrder {
	task: Task;
	modelId: string;
	adapter: AttachedAdapter | null;
	/** What it is about, for the ledger; left out: nothing that is kept. */
	subjectId?: string;
	likely: number;
}

/** A model that is ready, and what pays for what it writes. */
export interface Writer {
	modelName: string;
	who: { modelId: string; ownerId: string; adapter: OpenAdapter | null };
	purse: Purse;
}

/**
 * Writing by a model that a person waits for and pays, without a job.
 *
 * What it is likely to cost is set aside first and grows as it has to; what was used is charged however it ends, and the rest goes back.
 * Where the app ends meanwhile, all of it goes back at its next start.
 */
export class Writing {
	readonly #tools: WritingTools;

	constructor(tools: WritingTools) {
		this.#tools = tools;
	}

	/** About how many tokens it costs. Throws NO_MODEL, and for an adapter NOT_FOUND, ADAPTER_MISSING or ADAPTER_UNFIT. */
	estimate(ownerId: string, { task, modelId, adapter, likely }: WritingOrder): number {
		if (modelId === '') throw failure('NO_MODEL', {});
		if (adapter) this.#tools.adapters.open(ownerId, adapter, modelId);
		return priceOf(this.#tools.ledger.price(task), likely);
	}

	/**
	 * Loads the model if need be and has `write` use it; gives back what that does, or null where `signal` ended it. Throws what `estimate` does,
	 * MODEL_MISSING and INSUFFICIENT_TOKENS with nothing begun, the engine's failures, and what `write` throws.
	 */
	async pay<Result>(ownerId: string, order: WritingOrder, write: (writer: Writer) => Promise<Result>, signal: AbortSignal): Promise<Result | null> {
		const { db, engine, library, ledger } = this.#tools;
		const { task, modelId, subjectId = null } = order;
		const { name: modelName } = requireModel(library, modelId);
		const adapter = order.adapter && this.#tools.adapters.open(ownerId, order.adapter, modelId);
		const tokens = priceOf(ledger.price(task), order.likely);
		const hold = ledger.openHold({ requestId: randomUUID(), accountId: ownerId, task, modelId, modelName, subjectId, tokens });
		const allotment = new HoldShare(ledger, hold).open();
		try {
			await engine.ensureRunning(ownerId, modelId, signal);
			return await write({ modelName: nameWithAdapter(modelName, adapter), who: { modelId, ownerId, adapter }, purse: allotment });
		} catch (error) {
			if (signal.aborted) return null;
			// Nothing can pause here as a job does.
			throw error instanceof JobPaused ? error.reason : error;
		} finally {
			immediate(db, (tx) => ledger.settle(hold.id, allotment.used, tx));
		}
	}

	/**
	 * The same for one text in a form; `onText` is told what there is of it, first nothing when the model is ready. Null where `signal` ended it, `text` null where
	 * it did not come to an end.
	 */
	writeForm(
		ownerId: string,
		order: WritingOrder,
		form: Pick<FormOrder, 'turns' | 'jsonSchema' | 'budgets'>,
		onText: (text: string) => void,
		signal: AbortSignal,
	): Promise<{ text: string | null; modelName: string } | null> {
		const write = async ({ modelName, who, purse }: Writer) => {
			onText('');
			const written = await writeInForm({ engine: this.#tools.engine, allotment: purse, onText }, { ...who, ...form, leastTokens: order.likely }, signal);
			return written.end === 'aborted' ? null : { text: written.end === 'whole' ? written.text : null, modelName };
		};
		return this.pay(ownerId, order, write, signal);
	}
}
