import { InsufficientMemoryError, type Llama, type LlamaEmbeddingContext, type LlamaGrammar, type LlamaModel, type Token } from 'node-llama-cpp';
import type { Usage } from '#contract/engine.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { Budget } from './Budget.ts';
import { ChatRenderer } from './ChatRenderer.ts';
import { checkAdapter } from './checkAdapter.ts';
import { fitAdapterContext } from './fitAdapterContext.ts';
import { GrammarCache } from './GrammarCache.ts';
import type { GenerateEvent, GenerateOrder, LoadOrder, OfferedTools, UsedAdapter } from './hostContract.ts';
import { joinEvents } from './joinEvents.ts';
import { OpenContext } from './OpenContext.ts';
import { Seat, type Seated } from './Seat.ts';
import type { SequenceSlot } from './SequenceSlot.ts';
import { writeAnswer } from './writeAnswer.ts';
import type { CallPlan } from './writeCalls.ts';

const piecesPerSecond = 30;
const embeddingContextTokens = 2048;
const unused: Usage = { promptTokens: 0, reusedTokens: 0, completionTokens: 0, firstTokenMs: 0, tokensPerSecond: 0 };

/** The one model of an engine host, ready for requests. */
export class LoadedModel {
	readonly #order: LoadOrder;
	readonly #model: LlamaModel;
	/** For answers without an adapter. */
	readonly #base: OpenContext;
	/** For those with one: llama.cpp puts an adapter on a whole context, and two of these beside one another are too much for most machines. */
	readonly #adapted = new Seat<OpenContext>();
	readonly #renderer: ChatRenderer;
	readonly #grammars: GrammarCache;
	/** Of the requests that run and can be given more, by their id. */
	readonly #budgets = new Map<string, Budget>();
	#embedding: Promise<LlamaEmbeddingContext> | undefined;

	/**
	 * Loads the model and its context as planned; `onProgress` is told the share of the weights loaded.
	 *
	 * Throws `MODEL_TOO_BIG` when memory does not do, `MODEL_LOAD_FAILED`, `TEMPLATE_TIMEOUT` or `TEMPLATE_FAILED`.
	 */
	static async load(llama: Llama, order: LoadOrder, onProgress: (fraction: number) => void): Promise<LoadedModel> {
		const { plan } = order;
		try {
			const model = await llama.loadModel({
				modelPath: order.path,
				gpuLayers: plan.gpuLayers,
				// In memory of its own a model takes its weights once: llama.cpp lays many of them out anew, and a mapped file would stay beside
				// them. It also outlives its file, on a stick that is pulled or while it is repaired. What does not fit can only be mapped.
				useMmap: order.anyway,
				onLoadProgress: onProgress,
				ignoreMemorySafetyChecks: order.anyway,
			});
			const renderer = new ChatRenderer(model, order.name, order.chatTemplate);
			const base = await OpenContext.open(model, plan, null);
			return new LoadedModel(llama, order, model, base, renderer);
		} catch (error) {
			throw toLoadFailure(order, error);
		}
	}

	private constructor(llama: Llama, order: LoadOrder, model: LlamaModel, base: OpenContext, renderer: ChatRenderer) {
		this.#order = order;
		this.#model = model;
		this.#base = base;
		this.#renderer = renderer;
		this.#grammars = new GrammarCache(llama);
	}

	get running(): number {
		return this.#contexts().reduce((sum, { slots }) => sum + slots.running, 0);
	}

	get waiting(): number {
		return this.#contexts().reduce((sum, { slots }) => sum + slots.waiting, 0);
	}

	/**
	 * Answers a conversation. Nothing is ever cut off: a prompt that leaves no room for an answer is refused as `PROMPT_TOO_LONG`, and
	 * an answer has at most as many tokens as there is room for. One that leaves no room in the budget is refused as
	 * `INSUFFICIENT_TOKENS`, before anything is computed. Where the budget can be raised, that is asked for first, then and whenever it
	 * runs short.
	 */
	async *generate(order: GenerateOrder, signal?: AbortSignal): AsyncGenerator<GenerateEvent, void, void> {
		const arrivedAt = performance.now();
		const prompt = order.isPlain ? this.#renderer.plain(order.turns[0]?.content ?? '') : this.#renderer.render(order.turns, order.tools?.functions);
		const { contextTokens } = this.#base;
		const room = contextTokens - prompt.tokens.length;
		if (room < 1) throw failure('PROMPT_TOO_LONG', { promptTokens: prompt.tokens.length, contextTokens });
		const maxTokens = Math.min(order.maxTokens, room);
		const { budgetId } = order;
		const grammar = order.jsonSchema ? await this.#grammars.get(order.jsonSchema) : null;
		const calls = order.tools ? await this.#planCalls(order.tools) : null;
		const work = async (push: (event: GenerateEvent) => void, stop: AbortSignal) => {
			const ask = (needed: number, usage: Usage) => push({ type: 'short', needed, usage });
			const budget = new Budget(order.tokenBudget, budgetId === null ? null : ask);
			if (budgetId !== null) this.#budgets.set(budgetId, budget);
			try {
				await write(budget, push, stop);
			} finally {
				if (budgetId !== null) this.#budgets.delete(budgetId);
			}
		};
		const write = async (budget: Budget, push: (event: GenerateEvent) => void, stop: AbortSignal) => {
			const needed = prompt.tokens.length + 1;
			if (!(await budget.reach(needed, unused, stop))) throw failure('INSUFFICIENT_TOKENS', { needed, available: Math.max(0, budget.tokens) });
			const used = order.adapter ? await this.#openAdapted(order.adapter, stop) : { value: this.#base, release: () => {} };
			try {
				const { slots, rounds, shared } = used.value;
				await this.#inSlot(slots, { ownerId: order.ownerId, tokens: prompt.tokens }, stop, async (slot) => {
					const { ownerId, sampling, stop: stopTexts, logProbabilities } = order;
					const asked = { sampling, stopTexts, grammar, calls, maxTokens, budget, logProbabilities };
					const answer = { model: this.#model, slot, prompt, ownerId, rounds, shared, arrivedAt, ...asked };
					await writeAnswer(answer, push, stop);
				});
			} finally {
				used.release();
			}
		};
		yield* joinEvents({ work, merge: joinText, everyMs: 1000 / piecesPerSecond, signal });
	}

	/** Answers a request that asked for a larger budget; one that has ended is left alone. */
	setBudget(budgetId: string, tokens: number): void {
		this.#budgets.get(budgetId)?.set(tokens);
	}

	async embed(texts: readonly string[]): Promise<number[][]> {
		this.#embedding ??= this.#model.createEmbeddingContext({
			contextSize: Math.min(embeddingContextTokens, this.#model.trainContextSize),
			batchSize: Math.min(embeddingContextTokens, this.#model.trainContextSize),
			threads: this.#order.plan.threads,
			ignoreMemorySafetyChecks: true,
		});
		this.#embedding.catch(() => {
			this.#embedding = undefined;
		});
		const context = await this.#embedding.catch((error) => {
			throw toLoadFailure(this.#order, error);
		});
		const vectors: number[][] = [];
		for (const text of texts) {
			const promptTokens = context.calculateInputLength(text);
			if (promptTokens > embeddingContextTokens) throw failure('PROMPT_TOO_LONG', { promptTokens, contextTokens: embeddingContextTokens });
			vectors.push([...(await context.getEmbeddingFor(text)).vector]);
		}
		return vectors;
	}

	countTokens(text: string): number {
		return this.#model.tokenize(text, false).length;
	}

	async #planCalls({ functions, choice, isParallel }: OfferedTools): Promise<CallPlan> {
		const syntax = this.#renderer.callSyntax;
		const chosen = typeof choice === 'string' ? functions : functions.filter(({ name }) => name === choice.name);
		if (chosen.length === 0) throw failure('BAD_GRAMMAR', { detail: 'The function to be called is not among those offered.' });
		const grammars = new Map<string, LlamaGrammar | null>();
		for (const { name, form } of chosen) grammars.set(name, form && (await this.#grammars.get(form)));
		const names = grammars.size > 1 ? await this.#grammars.choose([...grammars.keys()], syntax.nameEnd) : null;
		return { syntax, functions: grammars, names, isForced: choice !== 'auto', isParallel };
	}

	#contexts(): OpenContext[] {
		const adapted = this.#adapted.value;
		return adapted ? [this.#base, adapted] : [this.#base];
	}

	async #inSlot(
		slots: OpenContext['slots'],
		request: { ownerId: string; tokens: readonly Token[] },
		stop: AbortSignal,
		work: (slot: SequenceSlot) => Promise<void>,
	): Promise<void> {
		const taken = await slots.take(request, stop);
		try {
			if (taken.foreign) await taken.slot.clear();
			await work(taken.slot);
		} catch (error) {
			// What the sequence holds after an error is not known.
			await taken.slot.clear().catch(() => {});
			throw error;
		} finally {
			taken.release();
		}
	}

	/** The context with an adapter, for as long as one answer takes. */
	async #openAdapted(adapter: UsedAdapter, stop: AbortSignal): Promise<Seated<OpenContext>> {
		const adapterBytes = await checkAdapter(adapter, this.#model.fileInfo.metadata.general.architecture);
		return this.#adapted.take(`${adapter.scale} ${adapter.file}`, () => this.#adapt(adapter, adapterBytes), stop);
	}

	async #adapt(adapter: UsedAdapter, adapterBytes: number): Promise<OpenContext> {
		const { plan } = this.#order;
		const { llama, fileInsights } = this.#model;
		const vramBytes = llama.gpu === false ? 0 : (await llama.getVramState()).free;
		const gpuFraction = llama.gpu === false ? 0 : Math.min(1, plan.gpuLayers / Math.max(1, fileInsights.totalLayers));
		const fit = fitAdapterContext(plan, adapterBytes, { ramBytes: process.availableMemory(), vramBytes, gpuFraction });
		if (fit.kind === 'tooBig') throw failure('MODEL_TOO_BIG', { neededBytes: fit.neededBytes, freeBytes: fit.freeBytes });
		try {
			return await OpenContext.open(this.#model, { ...plan, parallel: fit.parallel }, adapter);
		} catch (error) {
			throw toAdapterFailure(this.#order, adapter, error);
		}
	}
}

/** The file was found whole before: an adapter that llama.cpp does not take has tensors that the model has not, or of other shapes. */
function toAdapterFailure(order: LoadOrder, adapter: UsedAdapter, error: unknown): unknown {
	const reason = error instanceof Error ? error.message : String(error);
	if (error instanceof InsufficientMemoryError || /memory|VRAM|Failed to create context/i.test(reason)) return toLoadFailure(order, error);
	return failure('ADAPTER_UNFIT', { name: adapter.name, reason: 'otherShape', detail: reason.slice(0, 500) }, error);
}

function joinText(waiting: GenerateEvent, next: GenerateEvent): GenerateEvent[] {
	if (waiting.type === 'call' && next.type === 'call' && waiting.at === next.at) return [{ ...next, text: waiting.text + next.text }];
	if (waiting.type !== 'text' || next.type !== 'text') return [waiting, next];
	return [{ type: 'text', text: waiting.text + next.text, spans: [...waiting.spans, ...next.spans], usage: next.usage }];
}

function toLoadFailure(order: LoadOrder, error: unknown): unknown {
	if (isFailure(error)) return error;
	const reason = error instanceof Error ? error.message : String(error);
	const { weightsBytes, kvBytes, overheadBytes } = order.plan;
	const memory = error instanceof InsufficientMemoryError || /memory|VRAM|Failed to create context/i.test(reason);
	if (memory) return failure('MODEL_TOO_BIG', { neededBytes: weightsBytes + kvBytes + overheadBytes, freeBytes: process.availableMemory() }, error);
	return failure('MODEL_LOAD_FAILED', { name: order.name, kind: 'model', detail: reason.slice(0, 500) }, error);
}
