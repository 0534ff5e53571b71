import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import type { LoadPlan } from '#contract/engine.ts';
import { cheapenConfidence } from './cheapenConfidence.ts';
import type { UsedAdapter } from './hostContract.ts';
import { Rounds } from './Rounds.ts';
import { SequenceSlot } from './SequenceSlot.ts';
import { SharedPrompts } from './SharedPrompts.ts';
import { SlotPool } from './SlotPool.ts';

/** A context of a model, with or without an adapter, whose sequences are shared among requests. */
export class OpenContext {
	readonly contextTokens: number;
	readonly slots: SlotPool<Token, SequenceSlot>;
	readonly rounds: Rounds;
	readonly shared = new SharedPrompts();
	readonly #context: LlamaContext;

	/** Throws what node-llama-cpp does. */
	static async open(model: LlamaModel, plan: LoadPlan, adapter: UsedAdapter | null): Promise<OpenContext> {
		const context = await model.createContext({
			contextSize: plan.contextTokens,
			sequences: plan.parallel,
			batchSize: plan.batchTokens,
			threads: plan.threads,
			...(plan.kvType === 'q8_0' ? { experimentalKvCacheKeyType: 'Q8_0', experimentalKvCacheValueType: 'Q8_0' } : {}),
			// A smaller context is another plan, and the user is told of it.
			failedCreationRemedy: false,
			// Its check takes cached files for memory in use (`freeram`), those just read above all; the plan has looked at what is available.
			ignoreMemorySafetyChecks: true,
			...(adapter ? { lora: { adapters: [{ filePath: adapter.file, scale: adapter.scale }] } } : {}),
		});
		cheapenConfidence(context, model);
		return new OpenContext(context, plan);
	}

	private constructor(context: LlamaContext, plan: LoadPlan) {
		this.#context = context;
		this.contextTokens = Math.min(context.contextSize, plan.contextTokens);
		this.rounds = new Rounds(plan.batchTokens);
		this.slots = new SlotPool(Array.from({ length: context.totalSequences }, (_, number) => new SequenceSlot(context.getSequence(), number)));
	}

	/** Gives its memory back; nobody may be using it. The adapter's own few megabytes stay as long as the model: node-llama-cpp keeps what it has read. */
	async dispose(): Promise<void> {
		await this.#context.dispose();
	}
}
