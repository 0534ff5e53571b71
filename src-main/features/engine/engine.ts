import type { Logger } from 'pino';
import type { Deployment as DeploymentView, LoadWishes, Machine, PlanVerdict, Sampling } from '#contract/engine.ts';
import { failure } from '#contract/errors.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { latest } from '../../platform/rpc/latest.ts';
import type { Library } from '../library/library.ts';
import { adviseUnload, type IdleModel } from './adviseUnload.ts';
import { Deployment, type GeneratePiece, type Patience, patience } from './Deployment.ts';
import { GpuFinder } from './GpuFinder.ts';
import { refuseNoModel } from './host/checkFiles.ts';
import type { ChatTurn, JsonSchema, LoadOrder } from './host/hostContract.ts';
import { LoadMeasurements } from './LoadMeasurements.ts';
import { readMachine } from './machineFacts.ts';
import { type LiveVerdict, type PlanGguf, type PlanWishes, planLoad } from './planLoad.ts';

export type { GeneratePiece } from './Deployment.ts';
export type { ChatTurn, JsonSchema } from './host/hostContract.ts';
export type { PlanGguf } from './planLoad.ts';

/** One answer asked of a model. */
export interface GenerateRequest {
	modelId: string;
	/** Whose request it is: what was computed for one owner is never used for another. */
	ownerId: string;
	turns: ChatTurn[];
	sampling: Sampling;
	/** At most so many tokens; fewer when the model's context has less room. */
	maxTokens: number;
	/** Texts that end the answer; they are not part of it. */
	stop?: string[];
	/** The answer is JSON of this shape (node-llama-cpp's form of JSON schema). */
	jsonSchema?: JsonSchema;
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
	log: Logger;
	/** Where what loads have taken is kept; without it that is not. */
	db?: Store;
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
 */
export class Engine {
	readonly #options: EngineOptions;
	/** By model; one that failed stays until the model is loaded again or it is dismissed with `unload`. */
	readonly #deployments = new Map<string, Deployment>();
	/** Loads being planned, by model. */
	readonly #planning = new Map<string, Promise<Deployment>>();
	readonly #listeners = new Set<() => void>();
	readonly #measurements: LoadMeasurements | null;
	readonly #gpus: GpuFinder;
	#idleTimer: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(options: EngineOptions) {
		this.#options = options;
		this.#gpus = new GpuFinder(options);
		this.#measurements = options.db ? new LoadMeasurements(options.db) : null;
		this.#watchIdle();
	}

	/** What this machine has for computing. Asks an engine host for the GPUs, which takes about a second the first time. */
	async machine(): Promise<Machine> {
		const [facts, gpus] = await Promise.all([readMachine(), this.#gpus.find()]);
		return { ...facts, gpus };
	}

	/** What a load would take, before it is done. Throws `MODEL_MISSING` or `MODEL_FILE_INVALID`. */
	async plan(modelId: string, wishes: LoadWishes): Promise<PlanVerdict> {
		const { facts, verdict, asked } = await this.#planFor(modelId, wishes);
		const measured = this.#measurements?.find(modelId, verdict.plan) ?? null;
		return { ...verdict, unload: this.#adviseUnload(facts, asked, verdict), measured };
	}

	/** The same for a model that is not here yet. */
	async judge(gguf: PlanGguf, wishes: LoadWishes): Promise<PlanVerdict> {
		const { facts, verdict, asked } = await this.#planGguf(gguf, wishes);
		return { ...verdict, unload: this.#adviseUnload(facts, asked, verdict), measured: null };
	}

	/**
	 * Starts to load a model and answers once its engine host starts; a model that is loaded already answers with that.
	 *
	 * Throws `MODEL_MISSING` or `MODEL_FILE_INVALID` for its file, `MODEL_DAMAGED` when that was found damaged and `MODEL_TOO_BIG` when
	 * it does not fit, unless `anyway` is set, and `MODEL_IN_USE`, with nothing unloaded, when one of `unloadFirst` is. How the load
	 * goes from there on is told by `watch`.
	 */
	async load(modelId: string, options: LoadOptions = {}): Promise<DeploymentView> {
		return (await this.#deploy(modelId, options)).view;
	}

	/** Loads a model if it is not, and waits until it takes requests. Throws what its load failed with, or the reason of `signal`. */
	async ensureRunning(modelId: string, signal?: AbortSignal): Promise<DeploymentView> {
		signal?.throwIfAborted();
		const aborted = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
		aborted.catch(() => {});
		const running = this.#deploy(modelId, {}).then(async (deployment) => {
			await deployment.ready;
			return deployment.view;
		});
		return Promise.race([running, aborted]);
	}

	/** Takes a model out of memory, or dismisses one that failed. Requests that run fail. */
	async unload(deploymentId: string): Promise<void> {
		const deployment = [...this.#deployments.values()].find(({ view }) => view.id === deploymentId);
		if (!deployment) throw failure('NOT_FOUND', { what: 'deployment' });
		await this.#remove(deployment);
	}

	deployments(): DeploymentView[] {
		return [...this.#deployments.values()].map(({ view }) => view);
	}

	/** All deployments now, and again after each change. */
	watch(signal?: AbortSignal): AsyncGenerator<DeploymentView[], void, void> {
		return latest<DeploymentView[]>(
			(push) => {
				const listener = () => push(this.deployments());
				this.#listeners.add(listener);
				listener();
				return () => this.#listeners.delete(listener);
			},
			{ signal },
		);
	}

	isInUse(modelId: string): boolean {
		return this.#planning.has(modelId) || this.#deployments.get(modelId)?.active === true;
	}

	/**
	 * Answers a conversation with a loaded model: text in at most about 30 pieces a second, then an `end` with what it cost.
	 *
	 * When `signal` aborts, the stream ends within 200 ms with `finish: 'aborted'`; it does not throw. Throws `MODEL_NOT_RUNNING`,
	 * `PROMPT_TOO_LONG` (nothing is ever cut off), `BAD_GRAMMAR`, `TEMPLATE_TIMEOUT`, `TEMPLATE_FAILED` or `MODEL_WORKER_CRASHED`.
	 */
	async *generate(request: GenerateRequest, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void> {
		const { modelId, ownerId, turns, sampling, maxTokens, stop = [], jsonSchema = null } = request;
		const deployment = this.#running(modelId);
		this.#options.library.touch(modelId);
		yield* deployment.generate({ ownerId, turns, sampling, maxTokens, stop, jsonSchema }, signal);
	}

	/** One vector for each text. Throws `PROMPT_TOO_LONG` for a text of more than 2,048 tokens. */
	async embed(modelId: string, texts: string[], signal?: AbortSignal): Promise<number[][]> {
		signal?.throwIfAborted();
		return texts.length === 0 ? [] : this.#running(modelId).embed(texts);
	}

	async countTokens(modelId: string, text: string): Promise<number> {
		return this.#running(modelId).countTokens(text);
	}

	/** The LoRA adapters that a model was loaded with. */
	async adapters(deploymentId: string): Promise<LoadOrder['adapters']> {
		const deployment = [...this.#deployments.values()].find(({ view }) => view.id === deploymentId);
		if (!deployment) throw failure('NOT_FOUND', { what: 'deployment' });
		return deployment.adapters();
	}

	/** Ends all engine hosts. */
	async close(): Promise<void> {
		this.#closed = true;
		clearTimeout(this.#idleTimer);
		await Promise.all([...this.#deployments.values()].map((deployment) => deployment.stop()));
	}

	#running(modelId: string): Deployment {
		const deployment = this.#deployments.get(modelId);
		if (deployment?.view.state === 'running') return deployment;
		throw failure('MODEL_NOT_RUNNING', { name: this.#options.library.get(modelId).name });
	}

	async #deploy(modelId: string, options: LoadOptions): Promise<Deployment> {
		const there = this.#deployments.get(modelId);
		if (there?.view.state === 'stopping') await this.#remove(there);
		else if (there?.active) return there;
		const planning = this.#planning.get(modelId) ?? this.#start(modelId, options).finally(() => this.#planning.delete(modelId));
		this.#planning.set(modelId, planning);
		return planning;
	}

	async #start(modelId: string, { wishes = {}, anyway = false, unloadFirst = [] }: LoadOptions): Promise<Deployment> {
		const { library, node, hostEntry, log } = this.#options;
		if (!anyway) this.#refuseDamaged(modelId);
		await this.#unloadIdle(unloadFirst);
		const { model, facts, verdict } = await this.#planFor(modelId, wishes);
		if (verdict.kind === 'tooBig' && !anyway) throw tooBig(verdict);
		if (this.#closed) throw failure('SHUTTING_DOWN', {});
		library.touch(modelId);
		const deployment = new Deployment({
			model,
			facts,
			verdict,
			order: { path: model.path, name: model.name, adapters: wishes.adapters ?? [], chatTemplate: model.defaults?.chatTemplate ?? null, anyway },
			node,
			hostEntry,
			log,
			patience: this.#options.patience ?? patience,
			onChange: () => this.#changed(),
			onMeasured: (plan, measuredBytes) => this.#measurements?.keep(modelId, plan, measuredBytes),
		});
		this.#deployments.set(modelId, deployment);
		this.#changed();
		return deployment;
	}

	#refuseDamaged(modelId: string): void {
		const { fileState, name, check } = this.#options.library.get(modelId);
		if (fileState === 'damaged') throw failure('MODEL_DAMAGED', { name, badBytes: check?.badBytes ?? 0 });
	}

	/** Takes out of memory what nobody uses; all of it, or nothing where one is in use. What is gone already is no matter. */
	async #unloadIdle(ids: readonly string[]): Promise<void> {
		const there = [...this.#deployments.values()].filter(({ view }) => ids.includes(view.id));
		const busy = there.find((deployment) => deployment.active && !isIdle(deployment));
		if (busy) throw failure('MODEL_IN_USE', { name: busy.view.modelName });
		await Promise.all(there.map((deployment) => this.#remove(deployment)));
	}

	async #planFor(modelId: string, wishes: LoadWishes) {
		const model = this.#options.library.get(modelId);
		const gguf = await this.#options.library.facts(modelId);
		refuseNoModel(gguf, model.path);
		return { model, ...(await this.#planGguf(gguf, wishes)) };
	}

	async #planGguf(gguf: PlanGguf, wishes: LoadWishes) {
		const machine = await this.machine();
		const { threads } = this.#options.settings();
		const promised = [...this.#deployments.values()].reduce((sum, { promisedBytes }) => sum + promisedBytes, 0);
		const facts = { gguf, machine: { ...machine, freeRamBytes: Math.max(0, machine.freeRamBytes - promised) } };
		const asked: PlanWishes = { ...wishes, ...(wishes.threads === undefined && threads !== null ? { threads } : {}) };
		return { facts, asked, verdict: planLoad(facts, asked) };
	}

	#adviseUnload(facts: Parameters<typeof planLoad>[0], asked: PlanWishes, verdict: LiveVerdict): PlanVerdict['unload'] {
		const idle = [...this.#deployments.values()].filter(isIdle).map(
			({ view: { id, modelName, lastUsedAt, plan, memoryBytes } }): IdleModel => ({
				...{ id, name: modelName, lastUsedAt },
				...{ ramBytes: memoryBytes ?? plan?.ramBytes ?? 0, vramBytes: plan?.vramBytes ?? 0 },
			}),
		);
		return verdict.kind === 'fits' ? null : adviseUnload(facts, asked, verdict, idle);
	}

	async #remove(deployment: Deployment): Promise<void> {
		await deployment.stop();
		// What it held of the GPU's memory is free now.
		this.#gpus.forget();
		const { modelId } = deployment.view;
		if (this.#deployments.get(modelId) === deployment) this.#deployments.delete(modelId);
		this.#changed();
	}

	/** Unloads what nobody has used for as long as the settings say; checks often enough for that time, and at least now and then. */
	#watchIdle(): void {
		const limit = this.#options.settings().idleUnloadMs;
		const soon = limit === null ? longestIdleCheckMs : Math.min(longestIdleCheckMs, Math.max(20, limit / 4));
		this.#idleTimer = setTimeout(() => {
			const idleUnloadMs = this.#options.settings().idleUnloadMs;
			for (const deployment of this.#deployments.values()) {
				const { state, activeRequests, lastUsedAt } = deployment.view;
				if (idleUnloadMs === null || state !== 'running' || activeRequests > 0 || Date.now() - lastUsedAt < idleUnloadMs) continue;
				this.#remove(deployment).catch((err) => this.#options.log.error({ err }, 'an idle model could not be unloaded'));
			}
			if (!this.#closed) this.#watchIdle();
		}, soon).unref();
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}
}

function isIdle({ view }: Deployment): boolean {
	return view.state === 'running' && view.activeRequests === 0;
}

function tooBig({ plan, freeRamBytes, freeVramBytes }: LiveVerdict) {
	return failure('MODEL_TOO_BIG', { neededBytes: plan.ramBytes + plan.vramBytes, freeBytes: freeRamBytes + (plan.vramBytes > 0 ? freeVramBytes : 0) });
}
