import { setTimeout } from 'node:timers/promises';
import { failure } from '#contract/errors.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { Backend } from './backends/Backend.ts';
import { waitFor } from './guardAnswer.ts';
import type { Target } from './Target.ts';

/** A server that has not said for so long how it is, is not well. */
const checkMs = 10_000;
/** A server that nobody has asked anything for so long is left in peace. */
const rememberedMs = 10 * 60_000;

interface Options {
	targets(): Iterable<Target>;
	/** The server of a target; null for a model of this machine, whose health the engine watches. */
	backendOf(target: Target): { id: string; name: string; backend: Backend } | null;
	log: Logger;
	now: () => number;
	/** Called after each check. */
	onChange(): void;
}

/**
 * Asks servers elsewhere how they are: those that were left alone and whose time is up, so that no request has to find out; all of them
 * while somebody looks at the routes.
 *
 * Nothing is sent by itself where no request was in the last ten minutes.
 */
export class HealthChecks {
	readonly #options: Options;
	readonly #closing = new AbortController();
	readonly #usedAt = new Map<string, number>();

	constructor(options: Options) {
		this.#options = options;
	}

	/** Tells that a request was given to a target; where that failed it is asked, when its time is up, how it is. */
	used(target: Target): void {
		this.#usedAt.set(target.id, this.#options.now());
		const { retryAt } = target.breaker;
		if (retryAt === null || !this.#options.backendOf(target)) return;
		void this.#askAt(target, retryAt);
	}

	/** Asks all of these at once, but for those that are switched off or answer a probe already; a server that stands behind several of them once. */
	async askAll(targets: Iterable<Target>): Promise<void> {
		const answers = new Map<string, Promise<unknown>>();
		await Promise.all([...targets].filter((target) => target.isOpen).map((target) => this.#ask(target, answers)));
	}

	close(): void {
		this.#closing.abort();
	}

	async #askAt(target: Target, retryAt: number): Promise<void> {
		const { signal } = this.#closing;
		// A timer may come a little early.
		while (!signal.aborted && this.#options.now() < retryAt)
			await setTimeout(Math.max(1, retryAt - this.#options.now()), undefined, { ref: false, signal }).catch(() => {});
		const isThere = [...this.#options.targets()].includes(target);
		const isWanted = this.#options.now() - (this.#usedAt.get(target.id) ?? 0) < rememberedMs;
		if (signal.aborted || !isThere || !isWanted || target.breaker.state !== 'halfOpen' || !target.isOpen) return;
		await this.#ask(target);
		const next = target.breaker.retryAt;
		if (next !== null && next !== retryAt) await this.#askAt(target, next);
	}

	/** @param answers what servers were asked for already, by their ids. */
	async #ask(target: Target, answers = new Map<string, Promise<unknown>>()): Promise<void> {
		const server = this.#options.backendOf(target);
		if (!server) return;
		const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(checkMs)]);
		try {
			await target.check(async () => {
				const answer = answers.get(server.id) ?? waitFor(server.backend.check(signal), checkMs);
				answers.set(server.id, answer);
				if ((await answer) === 'late') throw failure('BACKEND_SILENT', { name: server.name });
			});
		} catch (error) {
			this.#options.log.warn({ target: target.id, err: error }, 'a server behind a route is not well');
		}
		this.#options.onChange();
	}
}
