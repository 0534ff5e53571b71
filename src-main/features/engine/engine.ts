import path from 'node:path';
import type { Logger } from 'pino';
import type { Deployment as DeploymentView, LoadPlan, LoadWishes, Machine, PlanVerdict, Sampling } from '#contract/engine.ts';
import { failure } from '#contract/errors.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { latest } from '../../platform/rpc/latest.ts';
import type { Library } from '../library/library.ts';
import { Deployment, type GeneratePiece, type Patience, patience, type RaiseBudget } from './Deployment.ts';
import { GpuFinder } from './GpuFinder.ts';
import type { ChatTurn, JsonSchema, OfferedTools } from './host/hostContract.ts';
import { LoadMeasurements } from './LoadMeasurements.ts';
import { LoadPlanner } from './LoadPlanner.ts';
import type { LiveVerdict, PlanGguf } from './planLoad.ts';
import { Replicas } from './Replicas.ts';
import { Vocabularies } from './Vocabularies.ts';
import type { EncodedText } from './VocabularyHost.ts';

export { type AdapterShelf, isAdapterFailure, nameWithAdapter, noAdapters, type OpenAdapter } from './adapterShelf.ts';
export type { GeneratePiece, RaiseBudget } from './Deployment.ts';
export { type ChatTurn, type JsonSchema, mostCalls, type OfferedTools, type TextSpan, type ToolCall, textSpan } from './host/hostContract.ts';
export { joinEvents } from './host/joinEvents.ts';
export { StopFilter } from './host/StopFilter.ts';
export { measureSpans } from './measureSpans.ts';
export { mostPromptTokens, wholeText } from './mostPromptTokens.ts';
export { pauseFor } from './pauseFor.ts';
export type { PlanGguf } from './planLoad.ts';
export { usualThreads } from './usualThreads.ts';
export type { EncodedText } from './VocabularyHost.ts';
export { type FormOrder, type Purse, type Written, writeInForm } from './writeInForm.ts';

/** One answer asked of a model. */
export interface GenerateRequest {
	modelId: string;
	/** Whose request it is: what was computed for one owner is never used for another. */
	ownerId: string;
	turns: ChatTurn[];
	sampling: Sampling;
	/** At most so many tokens; fewer when the model's context has less room. */
	maxTokens: number;
	/** At most so many tokens of prompt and answer together, as the model counts them: what its reader can pay for. */
	tokenBudget?: number;
	/** Asked where `tokenBudget` must be `needed` for the answer to go on; what it tells is the budget from then on. Less ends the answer. */
	raiseBudget?: RaiseBudget;
	/** Texts that end the answer; they are not part of it. */
	stop?: string[];
	/** The answer is JSON of this shape (node-llama-cpp's form of JSON schema). */
	jsonSchema?: JsonSchema;
	/**
	 * The model goes on with the text of the only turn instead of answering it. A model of a server elsewhere is asked by its template all the same:
	 * few servers still go on with bare texts.
	 */
	isPlain?: boolean;
	/** What the model may call instead of answering, or must; not together with `jsonSchema`. */
	tools?: OfferedTools | undefined;
	/** Whether text comes with how likely the model thought it, before grammar and temperature. */
	logProbabilities?: boolean;
	/**
	 * A LoRA adapter for this answer alone, with its strength (1: as it was trained) and what it is called in messages. What lies at this path
	 * must stay the same while the model is loaded: it is read once.
	 */
	adapter?: { file: string; scale: number; name?: string } | null;
	/**
	 * Whether an answer that the same request got before will do, to who keeps answers: `never` where a second opinion is the point, `always`
	 * also where chance has a part in it. Left out: where the same comes out each time. The engine itself keeps none.
	 */
	reuse?: 'never' | 'always';
	/** Nobody reads the answer before its end: until then a route may have another target begin anew. The engine itself does not look at it. */
	isWhole?: boolean;
	/** The key that it came by, for who counts what is asked; the engine does not look at it. */
	keyId?: string | null;
}

/**
 * What answers: the engine with its own models, or what stands before it in the same shape and knows more ids than the engine does (routes),
 * counts (monitor) or remembers (cache).
 */
export type Models = Pick<Engine, 'generate' | 'embed' | 'ensureRunning' | 'countTokens' | 'mayUse' | 'usableBy'>;

/** A model that takes requests. */
export interface ReadyModel {
	modelName: string;
	/** Requests that it answers side by side, at least 1. */
	parallel: number;
}

/** How a model is to be loaded. */
export interface LoadOptions {
	wishes?: LoadWishes | undefined;
	/** Also what is planned too big, or was found damaged. */
	anyway?: boolean | undefined;
	/** Ids of deployments to take out of memory before, if nobody uses them. */
	unloadFirst?: string[] | undefined;
}

export interface EngineSettings {
	threads: number | null;
	idleUnloadMs: number | null;
}

export interface EngineOptions {
	library: Pick<Library, 'get' | 'facts' | 'touch'>;
	/** Which models an account may use, as it is now. */
	usableBy: (accountId: string) => (modelId: string) => boolean;
	log: Logger;
	/** Where what loads have taken is kept; without it that is not. */
	db?: Store;
	/** What a model wrote of late, in tokens a second, as it was measured; null where it has not, or nobody measures. */
	speedOf?: (modelId: string) => number | null;
	/** The Node executable that engine hosts run under. */
	node: string;
	hostEntry: string;
	/** Asked anew whenever it matters. */
	settings: () => EngineSettings;
	patience?: Patience;
}

const longestIdleCheckMs = 15_000;

/**
 * The door to local models: loads them in processes of their own, and answers with them. No model and no engine library is ever
 * loaded in the app's own process.
 *
 * Methods that touch a model take who they are for first: a model that this account may not use is NOT_FOUND, whoever bound it to a
 * conversation or a class when it still might, and its deployment is not there.
 */
export class Engine {
	readonly #options: EngineOptions;
	/** By model; one that failed stays until the model is loaded again or it is dismissed with `unload`. */
	readonly #loaded = new Map<string, Replicas>();
	/** Loads being planned, by model. */
	readonly #planning = new Map<string, Promise<Replicas>>();
	/** How many wait for a model to take requests, by model. */
	readonly #awaited = new Map<string, number>();
	readonly #listeners = new Set<() => void>();
	readonly #vocabularies: Vocabularies;
	readonly #measurements: LoadMeasurements | null;
	readonly #gpus: GpuFinder;
	readonly #planner: LoadPlanner;
	#idleTimer: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(options: EngineOptions) {
		this.#options = options;
		this.#gpus = new GpuFinder(options);
		this.#planner = new LoadPlanner({
			library: options.library,
			gpus: this.#gpus,
			loaded: () => [...this.#loaded.values()],
			threads: () => options.settings().threads,
			speedOf: (modelId) => options.speedOf?.(modelId) ?? null,
		});
		this.#vocabularies = new Vocabularies({ ...options, silentMs: (options.patience ?? patience).loadMs });
		this.#measurements = options.db ? new LoadMeasurements(options.db) : null;
		this.#watchIdle();
	}

	/** What this machine has for computing. Asks an engine host for the GPUs, which takes about a second the first time. */
	machine(): Promise<Machine> {
		return this.#planner.machine();
	}

	/** What a load would take, before it is done. Throws `MODEL_MISSING` or `MODEL_FILE_INVALID`. */
	async plan(ownerId: string, modelId: string, wishes: LoadWishes): Promise<PlanVerdict> {
		this.#refuseUnusable(ownerId, modelId);
		const planned = await this.#planner.planModel(modelId, wishes);
		const measured = this.#measurements?.find(modelId, planned.verdict.plan) ?? null;
		return { ...planned.verdict, unload: this.#planner.adviseUnload(planned, this.usableBy(ownerId)), measured };
	}

	/** The same for a model that is not here yet. */
	async judge(ownerId: string, gguf: PlanGguf, wishes: LoadWishes): Promise<PlanVerdict> {
		const planned = await this.#planner.planGguf(gguf, wishes);
		return { ...planned.verdict, unload: this.#planner.adviseUnload(planned, this.usableBy(ownerId)), measured: null };
	}

	/**
	 * Starts to load a model and answers once its engine host starts; a model that is loaded already answers with that.
	 *
	 * Throws `MODEL_MISSING` or `MODEL_FILE_INVALID` for its file, `MODEL_DAMAGED` when that was found damaged and `MODEL_TOO_BIG` when
	 * it does not fit, unless `anyway` is set, and `MODEL_IN_USE`, with nothing unloaded, when one of `unloadFirst` is. How the load
	 * goes from there on is told by `watch`.
	 */
	async load(ownerId: string, modelId: string, options: LoadOptions = {}): Promise<DeploymentView> {
		this.#refuseUnusable(ownerId, modelId);
		const mayUse = this.usableBy(ownerId);
		const unloadFirst = options.unloadFirst?.filter((id) => mayUse(this.#find(id)?.model.id ?? ''));
		return firstView(await this.#deploy(modelId, { ...options, unloadFirst }));
	}

	/** Loads a model if it is not, and waits until it takes requests. Throws what its load failed with, or the reason of `signal`. */
	async ensureRunning(ownerId: string, modelId: string, signal?: AbortSignal): Promise<ReadyModel> {
		signal?.throwIfAborted();
		this.#refuseUnusable(ownerId, modelId);
		const there = this.#loaded.get(modelId);
		if (there?.isRunning && !there.isStopping) return readyModel(there);
		const aborted = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
		aborted.catch(() => {});
		const running = this.#deploy(modelId, {}).then(async (replicas) => {
			await replicas.ready();
			return readyModel(replicas);
		});
		this.#awaited.set(modelId, (this.#awaited.get(modelId) ?? 0) + 1);
		return Promise.race([running, aborted]).finally(() => this.#awaited.set(modelId, (this.#awaited.get(modelId) ?? 1) - 1));
	}

	/**
	 * Takes a model out of memory with all its copies, or dismisses one that failed. Requests that run fail; with `ifUnused`, a model that answers one, or
	 * that somebody waits for, is MODEL_IN_USE and stays.
	 */
	async unload(ownerId: string, deploymentId: string, { ifUnused = false }: { ifUnused?: boolean } = {}): Promise<void> {
		const replicas = this.#find(deploymentId);
		if (!replicas || !this.mayUse(ownerId, replicas.model.id)) throw failure('NOT_FOUND', { what: 'deployment' });
		const { id, name } = replicas.model;
		const isAnswering = replicas.views.some(({ activeRequests }) => activeRequests > 0);
		if (ifUnused && (isAnswering || (this.#awaited.get(id) ?? 0) > 0)) throw failure('MODEL_IN_USE', { name });
		await this.#remove(replicas);
	}

	/** Whether an account may use a model: its conversations and classes should not begin with one that it may not. */
	mayUse(ownerId: string, modelId: string): boolean {
		return this.usableBy(ownerId)(modelId);
	}

	/** The same for many models at once, as it is now. */
	usableBy(ownerId: string): (modelId: string) => boolean {
		return this.#options.usableBy(ownerId);
	}

	/** The deployments of the models that this account may use; the copies of a model stand together. */
	deployments(ownerId: string): DeploymentView[] {
		const mayUse = this.usableBy(ownerId);
		return [...this.#loaded.values()].filter(({ model }) => mayUse(model.id)).flatMap(({ views }) => views);
	}

	/** All deployments, whoever may use them: for the app's own figures. */
	everyDeployment(): DeploymentView[] {
		return [...this.#loaded.values()].flatMap(({ views }) => views);
	}

	/** Those of `deployments` now, and again after each change. */
	watch(ownerId: string, signal?: AbortSignal): AsyncGenerator<DeploymentView[], void, void> {
		return latest<DeploymentView[]>(
			(push) => {
				const listener = () => push(this.deployments(ownerId));
				this.#listeners.add(listener);
				listener();
				return () => this.#listeners.delete(listener);
			},
			{ signal },
		);
	}

	/** Calls `listener` after each change of what is loaded. Returns how to stop that. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	isInUse(modelId: string): boolean {
		return this.#planning.has(modelId) || this.#loaded.get(modelId)?.active === true;
	}

	/**
	 * Answers a conversation with a loaded model: text in at most about 30 pieces a second, then an `end` with what it cost.
	 *
	 * When `signal` aborts, the stream ends within 200 ms with `finish: 'aborted'`; it does not throw. Throws `MODEL_NOT_RUNNING`,
	 * `PROMPT_TOO_LONG` (nothing is ever cut off), `TOOLS_UNSUPPORTED`, `INSUFFICIENT_TOKENS` where the prompt leaves no room in `tokenBudget` (both its
	 * figures are tokens of the model: the caller puts them into what they cost), `BAD_GRAMMAR`, `TEMPLATE_TIMEOUT`, `TEMPLATE_FAILED` or
	 * `MODEL_WORKER_CRASHED`; for its adapter `ADAPTER_MISSING`, `ADAPTER_INVALID`, `ADAPTER_UNFIT`, or `MODEL_TOO_BIG` where memory does not do
	 * for a context with it beside that without.
	 */
	async *generate(request: GenerateRequest, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void> {
		const { modelId, ownerId, turns, sampling, maxTokens, tokenBudget = null, stop = [], jsonSchema = null, raiseBudget } = request;
		const { logProbabilities = false, tools = null, isPlain = false } = request;
		const adapter = request.adapter ? { name: path.basename(request.adapter.file), ...request.adapter } : null;
		this.#refuseUnusable(ownerId, modelId);
		const replicas = this.#findLoaded(modelId);
		this.#options.library.touch(modelId);
		yield* replicas.generate(
			{ ownerId, turns, isPlain, sampling, maxTokens, tokenBudget, stop, jsonSchema, tools, logProbabilities, adapter },
			signal,
			raiseBudget,
		);
	}

	/** One vector for each text. Throws `PROMPT_TOO_LONG` for a text of more than 2,048 tokens. */
	async embed(ownerId: string, modelId: string, texts: string[], signal?: AbortSignal): Promise<number[][]> {
		signal?.throwIfAborted();
		this.#refuseUnusable(ownerId, modelId);
		return texts.length === 0 ? [] : this.#findLoaded(modelId).ask((deployment) => deployment.embed(texts));
	}

	async countTokens(ownerId: string, modelId: string, text: string): Promise<number> {
		this.#refuseUnusable(ownerId, modelId);
		return this.#findLoaded(modelId).ask((deployment) => deployment.countTokens(text));
	}

	/**
	 * Chats to learn from as tokens of a model, in order: written by the template that the model is asked by, `learnt` what the assistant
	 * says and the token that ends its turn. The model need not be loaded: a process of its own reads its vocabulary (Vocabularies.ts).
	 *
	 * Throws `MODEL_MISSING`, `MODEL_FILE_INVALID`, `MODEL_LOAD_FAILED`, `MODEL_WORKER_CRASHED`, `TEMPLATE_TIMEOUT`, `TEMPLATE_FAILED`, or the
	 * reason of `signal`.
	 */
	async *encodeChats(ownerId: string, modelId: string, chats: readonly ChatTurn[][], signal?: AbortSignal): AsyncGenerator<EncodedText, void, void> {
		this.#refuseUnusable(ownerId, modelId);
		yield* this.#vocabularies.encodeChats(ownerId, modelId, chats, signal);
	}

	/** A plain text as tokens of a model, without template or begin token. Throws what `encodeChats` does. */
	async encodeText(ownerId: string, modelId: string, text: string, signal?: AbortSignal): Promise<number[]> {
		this.#refuseUnusable(ownerId, modelId);
		return this.#vocabularies.encodeText(ownerId, modelId, text, signal);
	}

	/** Ends all engine hosts. */
	async close(): Promise<void> {
		this.#closed = true;
		clearTimeout(this.#idleTimer);
		await Promise.all([...this.#loaded.values()].map((replicas) => replicas.stop()));
	}

	#refuseUnusable(ownerId: string, modelId: string): void {
		if (!this.mayUse(ownerId, modelId)) throw failure('NOT_FOUND', { what: 'model' });
	}

	#find(deploymentId: string): Replicas | undefined {
		return [...this.#loaded.values()].find(({ views }) => views.some(({ id }) => id === deploymentId));
	}

	#findLoaded(modelId: string): Replicas {
		const replicas = this.#loaded.get(modelId);
		if (replicas?.active) return replicas;
		throw failure('MODEL_NOT_RUNNING', { name: this.#options.library.get(modelId).name });
	}

	async #deploy(modelId: string, options: LoadOptions): Promise<Replicas> {
		const there = this.#loaded.get(modelId);
		if (there?.isStopping) await this.#remove(there);
		else if (there?.active) return there;
		const planning = this.#planning.get(modelId) ?? this.#start(modelId, options).finally(() => this.#planning.delete(modelId));
		this.#planning.set(modelId, planning);
		return planning;
	}

	async #start(modelId: string, { wishes = {}, anyway = false, unloadFirst = [] }: LoadOptions): Promise<Replicas> {
		const { library, node, hostEntry, log } = this.#options;
		if (!anyway) this.#refuseDamaged(modelId);
		await this.#unloadIdle(unloadFirst);
		const { model, facts, verdict } = await this.#planner.planModel(modelId, wishes);
		if (verdict.kind === 'tooBig' && !anyway) throw tooBig(verdict);
		if (this.#closed) throw failure('SHUTTING_DOWN', {});
		library.touch(modelId);
		const shared = {
			...{ model, facts, verdict, node, hostEntry, log, patience: this.#options.patience ?? patience },
			order: { path: model.path, name: model.name, chatTemplate: model.defaults?.chatTemplate ?? null, anyway },
			onMeasured: (plan: LoadPlan, measuredBytes: number) => this.#measurements?.keep(modelId, plan, measuredBytes),
		};
		const replicas = new Replicas({
			...{ model, log, patience: shared.patience, count: verdict.replicas, balance: wishes.balance ?? 'leastBusy' },
			start: (onChange) => new Deployment({ ...shared, onChange }),
			onChange: () => this.#changed(),
		});
		this.#loaded.set(modelId, replicas);
		this.#changed();
		return replicas;
	}

	#refuseDamaged(modelId: string): void {
		const { fileState, name, check } = this.#options.library.get(modelId);
		if (fileState === 'damaged') throw failure('MODEL_DAMAGED', { name, badBytes: check?.badBytes ?? 0 });
	}

	/** Takes out of memory what nobody uses; all of it, or nothing where one is in use. What is gone already is no matter. */
	async #unloadIdle(ids: readonly string[]): Promise<void> {
		const there = [...this.#loaded.values()].filter(({ views }) => views.some(({ id }) => ids.includes(id)));
		const busy = there.find((replicas) => replicas.active && !replicas.isIdle);
		if (busy) throw failure('MODEL_IN_USE', { name: busy.model.name });
		await Promise.all(there.map((replicas) => this.#remove(replicas)));
	}

	async #remove(replicas: Replicas): Promise<void> {
		await replicas.stop();
		// What it held of the GPU's memory is free now.
		this.#gpus.forget();
		const { id } = replicas.model;
		if (this.#loaded.get(id) === replicas) this.#loaded.delete(id);
		this.#changed();
	}

	/** Unloads what nobody has used for as long as the settings say; checks often enough for that time, and at least now and then. */
	#watchIdle(): void {
		const limit = this.#options.settings().idleUnloadMs;
		const soon = limit === null ? longestIdleCheckMs : Math.min(longestIdleCheckMs, Math.max(20, limit / 4));
		this.#idleTimer = setTimeout(() => {
			const idleUnloadMs = this.#options.settings().idleUnloadMs;
			for (const replicas of this.#loaded.values()) {
				const lastUsedAt = Math.max(...replicas.views.map((view) => view.lastUsedAt));
				if (idleUnloadMs === null || !replicas.isIdle || Date.now() - lastUsedAt < idleUnloadMs) continue;
				this.#remove(replicas).catch((err) => this.#options.log.error({ err }, 'an idle model could not be unloaded'));
			}
			if (!this.#closed) this.#watchIdle();
		}, soon).unref();
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}
}

function readyModel({ model, parallel }: Replicas): ReadyModel {
	return { modelName: model.name, parallel };
}

function firstView({ views: [first] }: Replicas): DeploymentView {
	if (!first) throw new Error('a loaded model has at least one copy');
	return first;
}

function tooBig({ plan, freeRamBytes, freeVramBytes }: LiveVerdict) {
	return failure('MODEL_TOO_BIG', { neededBytes: plan.ramBytes + plan.vramBytes, freeBytes: freeRamBytes + (plan.vramBytes > 0 ? freeVramBytes : 0) });
}
