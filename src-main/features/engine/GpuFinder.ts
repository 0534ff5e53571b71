import type { Logger } from 'pino';
import type { Machine } from '#contract/engine.ts';
import { HostProcess } from './HostProcess.ts';

/** GPUs are asked again after this, because other programs use them too. */
const gpuFactsMs = 10_000;

/** Finds out what GPUs the machine has and how much of their memory is free, by asking an engine host, and remembers it for a while. */
export class GpuFinder {
	readonly #options: { node: string; hostEntry: string; log: Logger };
	#known: { at: number; gpus: Promise<Machine['gpus']> } | undefined;

	constructor(options: { node: string; hostEntry: string; log: Logger }) {
		this.#options = options;
	}

	/** Takes about a second when it must ask; without an answer there is none, and models are planned for the processor. */
	async find(): Promise<Machine['gpus']> {
		if (process.env.HOMEROOM_GPU === 'off') return [];
		if (this.#known) {
			const gpus = await this.#known.gpus;
			// A machine without a GPU does not get one while the app runs.
			if (gpus.length === 0 || Date.now() - this.#known.at < gpuFactsMs) return gpus;
		}
		this.#known = { at: Date.now(), gpus: this.#ask() };
		return this.#known.gpus;
	}

	/** The free memory that is remembered is no longer right. */
	forget(): void {
		if (this.#known) this.#known.at = 0;
	}

	async #ask(): Promise<Machine['gpus']> {
		const { node, hostEntry, log } = this.#options;
		const host = new HostProcess({ node, entry: hostEntry, name: 'llama.cpp', log });
		const slow = setTimeout(() => host.kill({ kind: 'silent', detail: 'The engine did not answer.' }), 30_000);
		try {
			return (await host.call((client) => client.hello())).gpus;
		} catch (error) {
			// Without an answer models are planned for the processor alone, which always works.
			log.warn({ err: error }, 'the GPUs of this machine could not be told');
			return [];
		} finally {
			clearTimeout(slow);
			void host.stop();
		}
	}
}
