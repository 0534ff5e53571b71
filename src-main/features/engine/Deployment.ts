import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { LoadPlan, Usage, Deployment as WholeView } from '#contract/engine.ts';
import { failure, isFailure, toFailureRecord } from '#contract/errors.ts';
import { HostProcess } from './HostProcess.ts';
import type { GenerateOrder, LoadOrder, TextSpan } from './host/hostContract.ts';
import { type LiveVerdict, nextSmallerPlan, type PlanFacts } from './planLoad.ts';

/**
 * Text with what was used up to its end, or a piece of the arguments of the call number `at`, in JSON, or the end of an answer with all that it used.
 * `spans`: the pieces of a text, with how likely they were; none where that was not asked for. Calls come only where tools were offered; the first piece
 * of each is empty.
 */
export type GeneratePiece =
	| { type: 'text'; text: string; spans: TextSpan[]; usage: Usage }
	| { type: 'call'; at: number; name: string; text: string; usage: Usage }
	| { type: 'end'; finish: 'stop' | 'length' | 'budget' | 'aborted'; usage: Usage };

/** What a copy of a model tells of itself; which copy it is, `Replicas` knows. */
export type View = Omit<WholeView, 'replica' | 'replicas' | 'restartAt'>;

/** Asked where the budget must be `needed` for the answer to go on; what it tells is the budget from then on. Less ends the answer. */
export type RaiseBudget = (needed: number) => number;

/** How patient the app is with a host. */
export interface Patience {
	/** Without progress for so long, a load has failed. */
	loadMs: number;
	/** How often a host is asked how it is doing, and after how long without an answer it is ended. */
	pulseMs: number;
	silentMs: number;
	/** Before a copy that died without an answer since it was started is started again: at first, and at the most. */
	restartMs: number;
	longestRestartMs: number;
}
export const patience: Patience = { loadMs: 120_000, pulseMs: 5000, silentMs: 30_000, restartMs: 250, longestRestartMs: 30_000 };

export interface DeploymentOptions {
	model: { id: string; name: string };
	/** What the model's file and the machine are, to plan again with when memory does not do. */
	facts: PlanFacts;
	verdict: LiveVerdict;
	order: Omit<LoadOrder, 'plan'>;
	node: string;
	hostEntry: string;
	log: Logger;
	patience: Patience;
	/** Called after each change of `view`. */
	onChange(): void;
	/** Told the memory that the load by `plan` has really taken, once it is loaded and again after its first answers. */
	onMeasured(plan: LoadPlan, measuredBytes: number): void;
}

/**
 * A native call runs in any one of libuv's threads. On the processor one thread for all keeps what it computes with in one core's
 * cache (measured with one engine thread: 53 tokens a second, 48 with libuv's usual four). Beside a GPU sampling side by side is
 * worth more.
 */
const processorEnvironment = { UV_THREADPOOL_SIZE: '1' };

/** After so many answers in each of its sequences a model has touched all that it works in. */
const measuredAnswers = 3;

export const noUsage: Usage = { promptTokens: 0, reusedTokens: 0, completionTokens: 0, firstTokenMs: 0, tokensPerSecond: 0 };

/**
 * One model in one engine host, from the start of the host to its end.
 *
 * It begins to load when it is made; `ready` settles with the load. However the host ends, `view` says so, and what was asked of it
 * fails with the cause.
 */
export class Deployment {
	/** Settles when requests are taken, or rejects with why they never will be. */
	readonly ready: Promise<void>;
	readonly #options: DeploymentOptions;
	readonly #closing = new AbortController();
	#host: HostProcess | undefined;
	#view: View;
	#error: unknown = null;
	#answersToMeasure: number;

	constructor(options: DeploymentOptions) {
		const { model, verdict } = options;
		this.#answersToMeasure = measuredAnswers * verdict.plan.parallel;
		const now = Date.now();
		this.#options = options;
		this.#view = {
			id: randomUUID(),
			modelId: model.id,
			modelName: model.name,
			state: 'starting',
			loadFraction: 0,
			plan: verdict.plan,
			notes: verdict.notes,
			failure: null,
			memoryBytes: null,
			activeRequests: 0,
			tokensPerSecond: null,
			device: null,
			startedAt: now,
			lastUsedAt: now,
		};
		this.ready = this.#run();
		// Whoever waits for it gets the rejection; that nobody does is no bug.
		this.ready.catch(() => {});
	}

	get view(): View {
		return this.#view;
	}

	/** What it failed with; null while it has not. */
	get error(): unknown {
		return this.#error;
	}

	/** Whether the model is in memory or on its way there. */
	get active(): boolean {
		return this.#view.state !== 'failed' && this.#view.state !== 'stopped';
	}

	/** What the model needs of the memory that the system still counts as free: it is not loaded yet, or only mapped from its file. */
	get promisedBytes(): number {
		const { plan, state, memoryBytes } = this.#view;
		if (!plan || !this.active) return 0;
		if (state !== 'running') return Math.max(0, plan.ramBytes - (memoryBytes ?? 0));
		return this.#options.order.anyway ? Math.max(0, Math.min(plan.weightsBytes, plan.ramBytes - plan.kvBytes - plan.overheadBytes)) : 0;
	}

	/** Answers a conversation. When `signal` aborts the stream ends at once, with what was used so far; see `Engine.generate`. */
	async *generate(asked: Omit<GenerateOrder, 'budgetId'>, signal?: AbortSignal, raiseBudget?: RaiseBudget): AsyncGenerator<GeneratePiece, void, void> {
		const host = this.#running();
		const budgetId = raiseBudget ? randomUUID() : null;
		const order = { ...asked, budgetId };
		let budget = order.tokenBudget ?? Number.POSITIVE_INFINITY;
		this.#change({ activeRequests: this.#view.activeRequests + 1, lastUsedAt: Date.now() });
		let usage = noUsage;
		let ended = false;
		try {
			for await (const event of withEnd(host.stream((client, how) => client.generate(order, how), signal))) {
				if (event.usage.promptTokens + event.usage.completionTokens > budget) {
					// What its reader pays is counted by the host, and a host that has read a hostile file is itself hostile.
					host.refuse();
					throw await host.ended;
				}
				usage = event.usage;
				if (event.type === 'short' && raiseBudget && budgetId !== null) {
					const tokenBudget = raiseBudget(event.needed);
					budget = tokenBudget;
					// Where the host comes to its end meanwhile, the stream says so.
					void host.call((client) => client.setBudget({ budgetId, tokenBudget })).catch(() => {});
				}
				if (event.type === 'text') yield { type: 'text', text: event.text, spans: event.spans, usage };
				if (event.type === 'call') yield { type: 'call', at: event.at, name: event.name, text: event.text, usage };
				if (event.type !== 'end') continue;
				ended = true;
				yield { type: 'end', finish: event.finish, usage };
			}
			// A stream that the host did not end is one that its caller did.
			if (!ended) yield { type: 'end', finish: 'aborted', usage };
		} finally {
			this.#change({
				activeRequests: this.#view.activeRequests - 1,
				lastUsedAt: Date.now(),
				...(usage.tokensPerSecond > 0 ? { tokensPerSecond: usage.tokensPerSecond } : {}),
			});
			// A context of its own is no part of the plan.
			if (order.adapter) this.#answersToMeasure = 0;
			if (usage.completionTokens > 0 && this.#answersToMeasure-- > 0) void this.#measure(host);
		}
	}

	async embed(texts: string[]): Promise<number[][]> {
		// Its context of its own is no part of the plan.
		this.#answersToMeasure = 0;
		return this.#busy(async (host) => (await host.call((client) => client.embed({ texts }))).vectors);
	}

	async countTokens(text: string): Promise<number> {
		return this.#busy(async (host) => (await host.call((client) => client.countTokens({ text }))).tokens);
	}

	/** Takes the model out of memory; requests that run fail. */
	async stop(): Promise<void> {
		if (!this.active) return;
		this.#change({ state: 'stopping' });
		this.#closing.abort();
		await this.#host?.stop();
		this.#change({ state: 'stopped', memoryBytes: null });
	}

	/** Runs a short request; the model is not unloaded meanwhile. */
	async #busy<T>(work: (host: HostProcess) => Promise<T>): Promise<T> {
		const host = this.#running();
		this.#change({ activeRequests: this.#view.activeRequests + 1, lastUsedAt: Date.now() });
		try {
			return await work(host);
		} finally {
			this.#change({ activeRequests: this.#view.activeRequests - 1, lastUsedAt: Date.now() });
		}
	}

	#running(): HostProcess {
		if (this.#host && this.#view.state === 'running') return this.#host;
		throw failure('MODEL_NOT_RUNNING', { name: this.#view.modelName });
	}

	/** Loads, with ever smaller plans while memory does not do. */
	async #run(): Promise<void> {
		let plan = this.#options.verdict.plan;
		for (;;) {
			const host = this.#startHost(plan);
			try {
				await this.#load(host, plan);
				if (this.#closing.signal.aborted) throw failure('MODEL_NOT_RUNNING', { name: this.#view.modelName });
				this.#change({ state: 'running', loadFraction: 1, lastUsedAt: Date.now() });
				void this.#measure(host);
				return;
			} catch (error) {
				const smaller = isFailure(error, 'MODEL_TOO_BIG') && !this.#closing.signal.aborted ? nextSmallerPlan(this.#options.facts, plan) : null;
				if (!smaller) {
					this.#fail(host, error);
					throw error;
				}
				this.#options.log.warn({ plan, smaller: smaller.plan }, 'memory did not do for the plan');
				plan = smaller.plan;
				this.#change({ plan, notes: [...new Set([...this.#view.notes, smaller.note])], loadFraction: 0 });
				// A new host, so that nothing of the attempt stays in memory.
				this.#host = undefined;
				await host.stop();
			}
		}
	}

	#startHost(plan: LoadPlan): HostProcess {
		const { node, hostEntry, log, model } = this.#options;
		const host = new HostProcess({
			node,
			entry: hostEntry,
			name: model.name,
			log: log.child({ deployment: this.#view.id }),
			env: plan.gpuLayers === 0 ? processorEnvironment : {},
		});
		this.#host = host;
		void host.ended.then((error) => this.#fail(host, error));
		return host;
	}

	async #load(host: HostProcess, plan: LoadPlan): Promise<void> {
		const { loadMs } = this.#options.patience;
		// Ends the host when it makes no progress; everything asked of it then fails.
		const stall = globalThis.setTimeout(() => host.kill(failure('MODEL_TIMEOUT', { name: this.#view.modelName, afterMs: loadMs })), loadMs);
		try {
			const { device } = await host.call((client) => client.hello());
			this.#change({ state: 'loading', device });
			void this.#watchPulse(host);
			for await (const { fraction } of host.stream((client) => client.load({ ...this.#options.order, plan }))) {
				stall.refresh();
				this.#change({ loadFraction: fraction });
			}
		} finally {
			clearTimeout(stall);
		}
	}

	/** Asks the host again and again how it is doing, until it is no longer ours; one that does not answer is ended. */
	async #watchPulse(host: HostProcess): Promise<void> {
		const { pulseMs, silentMs } = this.#options.patience;
		while (this.#host === host && this.active) {
			const detail = `The engine did not answer for ${Math.round(silentMs / 1000)} seconds and was ended.`;
			const silence = globalThis.setTimeout(() => host.kill({ kind: 'silent', detail }), silentMs);
			try {
				const { residentBytes } = await host.call((client) => client.stats());
				if (this.active && residentBytes !== this.#view.memoryBytes) this.#change({ memoryBytes: residentBytes });
			} catch {
				// Its end is told by `ended`.
				return;
			} finally {
				clearTimeout(silence);
			}
			await setTimeout(pulseMs, undefined, { ref: false, signal: this.#closing.signal }).catch(() => {});
		}
	}

	/** What a load takes only shows where its weights are not mapped. */
	async #measure(host: HostProcess): Promise<void> {
		const { order, onMeasured } = this.#options;
		const { plan } = this.#view;
		if (order.anyway || !plan) return;
		try {
			const { residentBytes, peakBytes, vramBytes } = await host.call((client) => client.stats());
			if (!this.active) return;
			this.#change({ memoryBytes: residentBytes });
			onMeasured(plan, peakBytes + (plan.gpuLayers > 0 ? vramBytes : 0));
		} catch (error) {
			// The end of the host is told by `ended`.
			if (this.active && !this.#closing.signal.aborted) this.#options.log.warn({ err: error }, 'what a load took could not be measured');
		}
	}

	#fail(host: HostProcess, error: unknown): void {
		// The end of a host that was stopped, or replaced by one with a smaller plan, is no failure.
		if (this.#host !== host || !this.active || this.#closing.signal.aborted) return;
		if (!isFailure(error)) this.#options.log.error({ err: error, deployment: this.#view.id }, 'a deployment failed by a bug');
		this.#error = error;
		this.#change({ state: 'failed', memoryBytes: null, failure: { ...toFailureRecord(error, this.#view.id), lastLines: host.lastLines() } });
		this.#closing.abort();
		void host.stop();
	}

	#change(change: Partial<View>): void {
		this.#view = { ...this.#view, ...change };
		this.#options.onChange();
	}
}

/** The same, with what the stream ends with as the last that it gives. */
async function* withEnd<T, End>(steps: AsyncGenerator<T, End | undefined, void>): AsyncGenerator<T | End, void, void> {
	const end = yield* steps;
	if (end !== undefined) yield end;
}
