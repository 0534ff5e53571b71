import type { LoadWishes, Deployment as View } from '#contract/engine.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { chooseNext, firstTurn } from '../../platform/balance/chooseNext.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { type Deployment, type GeneratePiece, noUsage, type Patience } from './Deployment.ts';

/** A request is tried with so many copies at the most, so that one that brings down whatever answers it ends. */
const mostTries = 4;
/** A copy that died so often in a row, without an answer in between, is not started again. */
const mostDeaths = 4;

export interface ReplicasOptions {
	model: { id: string; name: string };
	count: number;
	balance: NonNullable<LoadWishes['balance']>;
	/** Begins to load a copy; `onChange` is to be called after each change of its view. */
	start(onChange: () => void): Deployment;
	log: Logger;
	patience: Pick<Patience, 'restartMs' | 'longestRestartMs'>;
	/** Called after each change of `views`. */
	onChange(): void;
}

/** The place of one copy, whichever process has it now. */
interface Place {
	deployment: Deployment;
	/** Requests that were given to it and are not over. */
	active: number;
	/** Its ends in a row without an answer in between. */
	deaths: number;
	restartAt: number | null;
	timer: NodeJS.Timeout | undefined;
}

/**
 * The copies of one loaded model, each in an engine host of its own.
 *
 * A request goes to one of those that run. Where that one dies before a byte of the answer came, another takes it, or it waits for one;
 * after the first byte it fails, since nobody can take back what was read. Of several, a copy that dies is started again: at once if it had
 * answered anything since it was started, else after a pause that doubles each time, until it is given up. A model that is there once stays
 * as it failed, and its next use loads it.
 */
export class Replicas {
	readonly #options: ReplicasOptions;
	readonly #places: Place[];
	readonly #waiting = new Set<() => void>();
	#turn = firstTurn;
	/** One of them was loaded: what fails from then on may have been chance. */
	#hasRun = false;
	#isStopping = false;

	constructor(options: ReplicasOptions) {
		this.#options = options;
		this.#places = [];
		for (let made = 0; made < options.count; made++) {
			const place: Place = { deployment: options.start(() => this.#changed(place)), active: 0, deaths: 0, restartAt: null, timer: undefined };
			this.#places.push(place);
		}
	}

	get model(): { id: string; name: string } {
		return this.#options.model;
	}

	get views(): View[] {
		return this.#places.map(({ deployment, restartAt }, at) => ({ ...deployment.view, replica: at + 1, replicas: this.#places.length, restartAt }));
	}

	/** Whether a copy is in memory, on its way there, or to be started again. */
	get active(): boolean {
		return this.#places.some(({ deployment, restartAt }) => deployment.active || restartAt !== null);
	}

	/** Whether a copy takes requests. */
	get isRunning(): boolean {
		return this.#places.some(({ deployment }) => deployment.view.state === 'running');
	}

	get isStopping(): boolean {
		return this.#isStopping;
	}

	/** Whether the model is loaded and answers nobody just now. */
	get isIdle(): boolean {
		const views = this.#places.map(({ deployment }) => deployment.view);
		return views.some(({ state }) => state === 'running') && views.every(({ state, activeRequests }) => state !== 'loading' && activeRequests === 0);
	}

	/** What the copies need of the memory that the system still counts as free. */
	get promisedBytes(): number {
		return this.#places.reduce((sum, { deployment }) => sum + deployment.promisedBytes, 0);
	}

	/** Requests that the copies which run, or are to, answer side by side. */
	get parallel(): number {
		return this.#places.reduce((sum, { deployment }) => sum + (deployment.view.plan?.parallel ?? 1), 0);
	}

	/** Waits until a copy takes requests. Throws why none ever will. */
	async ready(): Promise<void> {
		while (!this.isRunning) {
			if (!this.active) throw this.#whyNot();
			await this.#nextChange();
		}
	}

	/** See `Engine.generate`. */
	async *generate(...[order, signal, raiseBudget]: Parameters<Deployment['generate']>): AsyncGenerator<GeneratePiece, void, void> {
		const tried = new Set<Deployment>();
		for (;;) {
			const place = await this.#take(tried, signal);
			if (place === null) return yield { type: 'end', finish: 'aborted', usage: noUsage };
			const { deployment } = place;
			tried.add(deployment);
			let hasBegun = false;
			try {
				for await (const piece of deployment.generate(order, signal, raiseBudget)) {
					hasBegun = true;
					if (piece.type === 'end') place.deaths = 0;
					yield piece;
				}
				return;
			} catch (error) {
				if (hasBegun || !this.#mayTryAgain(error, tried)) throw error;
				this.#options.log.warn({ model: this.model.id, deployment: deployment.view.id, tries: tried.size }, 'a request goes to another copy of the model');
			} finally {
				place.active--;
			}
		}
	}

	/** Does a short request with one of the copies, and with another where that one dies meanwhile. */
	async ask<T>(work: (deployment: Deployment) => Promise<T>): Promise<T> {
		const tried = new Set<Deployment>();
		for (;;) {
			const place = await this.#take(tried);
			if (place === null) throw this.#whyNot();
			tried.add(place.deployment);
			try {
				const answer = await work(place.deployment);
				place.deaths = 0;
				return answer;
			} catch (error) {
				if (!this.#mayTryAgain(error, tried)) throw error;
			} finally {
				place.active--;
			}
		}
	}

	/** Takes all copies out of memory; requests that run fail. */
	async stop(): Promise<void> {
		this.#isStopping = true;
		for (const place of this.#places) {
			clearTimeout(place.timer);
			place.restartAt = null;
		}
		await Promise.all(this.#places.map(({ deployment }) => deployment.stop()));
		this.#wake();
	}

	/**
	 * A copy that runs and was not tried: the one whose turn it is; one more request is at work there then. Waits where there is none but one will come; null where `signal` aborts
	 * meanwhile. Throws MODEL_NOT_RUNNING, or what the last one failed with where the request was tried already.
	 */
	async #take(tried: ReadonlySet<Deployment>, signal?: AbortSignal): Promise<Place | null> {
		for (;;) {
			const chosen = this.#choose(tried);
			if (chosen) {
				chosen.active++;
				return chosen;
			}
			const isAwaited = this.#hasRun && this.#places.some(({ deployment, restartAt }) => restartAt !== null || (deployment.active && !tried.has(deployment)));
			if (!isAwaited) throw tried.size > 0 ? this.#whyNot() : failure('MODEL_NOT_RUNNING', { name: this.model.name });
			await this.#nextChange(signal);
			if (signal?.aborted) return null;
		}
	}

	#choose(tried: ReadonlySet<Deployment>): Place | undefined {
		const choices = this.#places.map(({ deployment, active }, at) => {
			const { state, plan } = deployment.view;
			return { id: String(at), weight: plan?.parallel ?? 1, active, price: 0, isOpen: state === 'running' && !tried.has(deployment) };
		});
		const { id, turn } = chooseNext(this.#options.balance, choices, this.#turn);
		this.#turn = turn;
		return id === null ? undefined : this.#places[Number(id)];
	}

	#mayTryAgain(error: unknown, tried: ReadonlySet<Deployment>): boolean {
		const isLost = isFailure(error, 'MODEL_WORKER_CRASHED') || isFailure(error, 'MODEL_NOT_RUNNING');
		return isLost && this.#places.length > 1 && tried.size < mostTries && !this.#isStopping && this.active;
	}

	#whyNot(): unknown {
		const failed = this.#places.find(({ deployment }) => deployment.error !== null);
		return failed && !this.#isStopping ? failed.deployment.error : failure('MODEL_NOT_RUNNING', { name: this.model.name });
	}

	#changed(place: Place): void {
		const { state } = place.deployment.view;
		if (state === 'running') this.#hasRun = true;
		if (state === 'failed' && place.restartAt === null) this.#planRestart(place);
		this.#wake();
	}

	#planRestart(place: Place): void {
		if (this.#isStopping || !this.#hasRun || this.#places.length === 1 || ++place.deaths > mostDeaths) return;
		const { restartMs, longestRestartMs } = this.#options.patience;
		const pauseMs = place.deaths === 1 ? 0 : Math.min(longestRestartMs, restartMs * 2 ** (place.deaths - 2));
		place.restartAt = Date.now() + pauseMs;
		place.timer = setTimeout(() => {
			place.deployment = this.#options.start(() => this.#changed(place));
			place.restartAt = null;
			this.#wake();
		}, pauseMs);
		this.#options.log.warn({ model: this.model.id, deaths: place.deaths, pauseMs }, 'a copy of a model died and is started again');
	}

	#nextChange(signal?: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const done = () => {
				signal?.removeEventListener('abort', done);
				this.#waiting.delete(done);
				resolve();
			};
			this.#waiting.add(done);
			signal?.addEventListener('abort', done, { once: true });
			if (signal?.aborted) done();
		});
	}

	#wake(): void {
		for (const done of [...this.#waiting]) done();
		this.#options.onChange();
	}
}
